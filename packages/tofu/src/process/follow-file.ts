import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { LineSplitter } from './line-splitter.ts'

/** Whoever writes a file: says whether it has ended, and wakes its reader when it does. */
export interface Writer {
  ended(): boolean | Promise<boolean>
  /** Resolves when the writer ends, where that can be told without asking. */
  readonly end?: Promise<unknown>
}

const chunkBytes = 64 * 1024

/** Short enough to look live, long enough to cost nothing: a file system event would be quicker but is not reliable everywhere. */
const defaultPause = 100

/** Lines of a file from its beginning, as they are written, until its writer has ended and the file is read to its end. None where its writer did not live to make it. */
export async function* followLines(path: string, writer: Writer, pause: number = defaultPause): AsyncGenerator<string> {
  const file = await existing(path)
  if (!file) return
  try {
    const splitter = new LineSplitter()
    for (;;) {
      const ended = await writer.ended()
      for await (const chunk of chunks(file)) yield* splitter.push(chunk)
      if (ended) break
      await Promise.race([sleep(pause), ...(writer.end ? [writer.end] : [])])
    }
    const rest = splitter.rest()
    if (rest !== undefined) yield rest
  } finally {
    await file.close()
  }
}

async function* chunks(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, null)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

async function existing(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
