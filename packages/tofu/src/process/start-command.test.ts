import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../../test-kit/scratch-workspace.ts'
import { goesOn } from '../workspace/interruption.ts'
import { nextRunFolder, readRecord, type RunFolder } from './run-record.ts'
import { startCommand, type StartedCommand } from './start-command.ts'

/** A program whose bad habits OpenTofu cannot be brought to on demand. */
async function start(script: string): Promise<{ started: StartedCommand; folder: RunFolder; dir: string }> {
  const dir = await scratchFolder()
  const binary = join(dir, 'program')
  await writeFile(binary, `#!/bin/sh\n${script}\n`)
  await chmod(binary, 0o755)
  const folder = await nextRunFolder(join(dir, 'runs'), 'apply')
  return { started: await startCommand({ binary, command: 'apply', args: ['-json'], cwd: dir, env: { PATH: process.env['PATH'] ?? '' }, folder }), folder, dir }
}

async function collect(started: StartedCommand): Promise<string[]> {
  const lines: string[] = []
  for await (const line of started.lines()) lines.push(line)
  return lines
}

describe.skipIf(process.platform === 'win32')('a started command', () => {
  it('is recorded with its process while it runs, and with its exit code afterwards', async () => {
    const { started, folder } = await start('read line || exit 4')
    const during = readRecord(folder)
    expect(during).toMatchObject({ command: 'apply', args: ['-json'] })
    expect(await collect(started)).toEqual([])
    expect(await started.exit).toEqual({ exitCode: 4 })
    const after = readRecord(folder)
    expect(after).toMatchObject({ exitCode: 4, endedAt: expect.any(String) })
    expect(after && (await goesOn(after))).toBe(false)
  })

  it('is heard while it writes', async () => {
    const { started, dir } = await start('echo one; until [ -e heard ]; do sleep 0.05; done; echo two')
    const lines: string[] = []
    for await (const line of started.lines()) {
      lines.push(line)
      await writeFile(join(dir, 'heard'), '')
    }
    expect(lines).toEqual(['one', 'two'])
  })

  it('has all the time it needs after it was asked to stop', async () => {
    const { started } = await start("trap 'sleep 6; echo saved; exit 0' INT; echo ready; while :; do sleep 0.1; done")
    const lines: string[] = []
    for await (const line of started.lines()) {
      lines.push(line)
      if (line === 'ready') expect(started.ladder.request()).toBe('interrupted')
    }
    expect(lines).toEqual(['ready', 'saved'])
    expect(await started.exit).toEqual({ exitCode: 0 })
    expect(started.ladder.request()).toBe('ended')
  }, 15_000)

  it('may write 200 MB and a line of 30 MB, and costs little memory', async () => {
    const { started } = await start("head -c 30000000 /dev/zero | tr '\\0' 'y'; echo; yes \"$(head -c 9999 /dev/zero | tr '\\0' 'z')\" | head -n 20000; echo end")
    const before = process.memoryUsage().rss
    const seen = { lines: 0, longest: 0, last: '' }
    let peak = 0
    for await (const line of started.lines()) {
      seen.lines += 1
      seen.longest = Math.max(seen.longest, line.length)
      seen.last = line
      if (seen.lines % 1000 === 0) peak = Math.max(peak, process.memoryUsage().rss)
    }
    expect(seen).toEqual({ lines: 20_002, longest: 1024 * 1024, last: 'end' })
    expect(peak - before).toBeLessThan(150 * 1024 * 1024)
  }, 30_000)

  it('keeps what it writes to its error output apart', async () => {
    const { started, folder } = await start('echo event; echo trouble >&2')
    expect(await collect(started)).toEqual(['event'])
    expect(await readFile(folder.errors, 'utf8')).toBe('trouble\n')
  })

  it('says why it could not be started', async () => {
    const dir = await scratchFolder()
    const folder = await nextRunFolder(join(dir, 'runs'), 'plan')
    const started = await startCommand({ binary: join(dir, 'missing'), command: 'plan', args: [], cwd: dir, env: {}, folder })
    expect((await started.exit).startError).toContain('ENOENT')
    expect(started.ladder.request()).toBe('ended')
  })
})
