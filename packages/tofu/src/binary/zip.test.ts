import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unzipFile } from './zip.ts'

interface Entry {
  readonly name: string
  readonly content: Buffer
  readonly stored?: boolean
}

/** A zip archive with local headers of another length than the directory's, as real ones have. */
function zipOf(entries: readonly Entry[], comment = ''): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const { name, content, stored = false } of entries) {
    const packed = stored ? content : deflateRawSync(content)
    const [local, entry] = [Buffer.alloc(30), Buffer.alloc(46)]
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(name.length, 26)
    local.writeUInt16LE(4, 28)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(stored ? 0 : 8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    const file = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), packed])
    files.push(file)
    directory.push(entry, Buffer.from(name))
    offset += file.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...files, ...directory, end, Buffer.from(comment)])
}

describe('unzipping one file', () => {
  it.each([false, true])('finds it among others (stored: %s)', (stored) => {
    const archive = zipOf([{ name: 'LICENSE', content: Buffer.from('text') }, { name: 'tofu', content: Buffer.from('program'), stored }], 'comment')
    expect(unzipFile(archive, 'tofu').toString()).toBe('program')
  })

  it('gives back any content', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(unzipFile(zipOf([{ name: 'tofu', content: Buffer.from(bytes) }]), 'tofu')).toEqual(Buffer.from(bytes))
    }))
  })

  it('refuses what is no archive, lacks the file, or is damaged', () => {
    const archive = zipOf([{ name: 'tofu', content: Buffer.from('x'.repeat(1000)) }])
    expect(() => unzipFile(Buffer.from('nothing'), 'tofu')).toThrow('not a zip archive')
    expect(() => unzipFile(archive, 'other')).toThrow('no other')
    const damaged = Buffer.from(archive)
    damaged.writeUInt32LE(999, archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
    expect(() => unzipFile(damaged, 'tofu')).toThrow()
  })
})
