import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../../test-kit/scratch-workspace.ts'
import { ExclusiveLock } from './exclusive-lock.ts'

const ended = JSON.stringify({ pid: process.pid, started: 'earlier', token: 'x' })

describe('an exclusive lock', () => {
  it('has one holder, and is free again when given back', async () => {
    const path = join(await scratchFolder(), 'lock')
    const first = await ExclusiveLock.attempt(path)
    if (!first.taken) throw new Error('not taken')
    expect(await ExclusiveLock.attempt(path)).toMatchObject({ taken: false, holder: { pid: process.pid } })
    await first.lock.release()
    await first.lock.release()
    expect((await ExclusiveLock.attempt(path)).taken).toBe(true)
  })

  it('is not given back by somebody who lost it', async () => {
    const path = join(await scratchFolder(), 'lock')
    const first = await ExclusiveLock.attempt(path)
    if (!first.taken) throw new Error('not taken')
    await writeFile(path, ended)
    expect((await ExclusiveLock.attempt(path)).taken).toBe(true)
    await first.lock.release()
    expect((await ExclusiveLock.attempt(path)).taken).toBe(false)
  })

  it.each([
    { name: 'nobody has', content: undefined },
    { name: 'a process had that has ended', content: ended },
  ])('that $name goes to exactly one of many', async ({ content }) => {
    for (let round = 0; round < 20; round += 1) {
      const path = join(await scratchFolder(), 'lock')
      if (content !== undefined) await writeFile(path, content)
      const attempts = await Promise.all(Array.from({ length: 30 }, (_, index) => sleep(index % 4).then(() => ExclusiveLock.attempt(path))))
      expect(attempts.filter((attempt) => attempt.taken)).toHaveLength(1)
    }
  })

  it('that nobody finished writing is respected while it is young', async () => {
    const path = join(await scratchFolder(), 'lock')
    await writeFile(path, '')
    expect((await ExclusiveLock.attempt(path)).taken).toBe(false)
    await utimes(path, 0, 0)
    expect((await ExclusiveLock.attempt(path)).taken).toBe(true)
  })
})
