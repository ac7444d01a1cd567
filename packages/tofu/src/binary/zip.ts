import { inflateRawSync } from 'node:zlib'

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const endSize = 22
const entrySize = 46
const localHeaderSize = 30

/**
 * Content of one file of a zip archive (APPNOTE.TXT 4.3). Enough for archives whose checksum was verified: no encryption, no zip64.
 *
 * @throws Error when the archive has no such file, or is damaged
 */
export function unzipFile(archive: Buffer, name: string): Buffer {
  const end = archive.lastIndexOf(signatureBytes(endSignature))
  if (end < 0 || end + endSize > archive.length) throw new Error('not a zip archive')
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new Error('damaged zip archive')
    const [nameLength, extraLength, commentLength] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)]
    if (archive.toString('utf8', at + entrySize, at + entrySize + nameLength) === name) return contentOf(archive, at)
    at += entrySize + nameLength + extraLength + commentLength
  }
  throw new Error(`no ${name} in the zip archive`)
}

function contentOf(archive: Buffer, entry: number): Buffer {
  const [method, packedSize, size] = [archive.readUInt16LE(entry + 10), archive.readUInt32LE(entry + 20), archive.readUInt32LE(entry + 24)]
  const local = archive.readUInt32LE(entry + 42)
  const start = local + localHeaderSize + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const packed = archive.subarray(start, start + packedSize)
  const content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: size + 1 })
  if (content.length !== size) throw new Error('damaged zip archive')
  return content
}

function signatureBytes(signature: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(signature)
  return bytes
}
