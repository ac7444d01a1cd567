import { describe, expect, it } from 'vitest'
import { exitCode } from '../exit-code.ts'
import { interruptible } from './interruptible.ts'

describe('interruptible', () => {
  it('stops at the first Ctrl-C and hands on each further one', async () => {
    const seen: string[] = []
    const code = await interruptible(async ({ signal, onAgain }) => {
      signal.addEventListener('abort', () => seen.push('stop'))
      onAgain(() => seen.push('again'))
      for (let times = 0; times < 3; times++) process.emit('SIGINT')
      return exitCode.failed
    })
    expect(seen).toEqual(['stop', 'again', 'again'])
    expect(code).toBe(exitCode.interrupted)
  })

  it('leaves the exit code and the handlers of the process as they were when nobody interrupts', async () => {
    const before = process.listenerCount('SIGINT')
    expect(await interruptible(async () => exitCode.differs)).toBe(exitCode.differs)
    expect(process.listenerCount('SIGINT')).toBe(before)
  })

  it('does not call work that was finished all the same interrupted', async () => {
    const code = await interruptible(async () => {
      process.emit('SIGTERM')
      return exitCode.success
    })
    expect(code).toBe(exitCode.success)
  })
})
