import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../../test-kit/scratch-workspace.ts'
import { nextRunFolder, readRecord, runFolders, writeRecord, type RunRecord } from './run-record.ts'

describe('run records', () => {
  it.each<RunRecord>([
    { command: 'plan', args: [], startedAt: '2026-11-24T00:00:00.000Z' },
    { command: 'apply', args: ['-json', 'p'], startedAt: '2026-11-24T00:00:00.000Z', process: { pid: 7, started: 'boot:1' } },
    { command: 'init', args: [], startedAt: '2026-11-24T00:00:00.000Z', endedAt: '2026-11-24T00:00:01.000Z', exitCode: 0 },
    { command: 'apply', args: [], startedAt: '2026-11-24T00:00:00.000Z', endedAt: '2026-11-24T00:00:01.000Z', signal: 'SIGKILL' },
  ])('are read as they were written', async (record) => {
    const folder = await nextRunFolder(await scratchFolder(), record.command)
    writeRecord(folder, record)
    expect(readRecord(folder)).toEqual(record)
  })

  it.each(['', '{', '[]', '{"command":"rm","startedAt":"x"}', '{"command":"plan"}'])('that are damaged are none: %j', async (text) => {
    const folder = await nextRunFolder(await scratchFolder(), 'plan')
    await writeFile(folder.record, text)
    expect(readRecord(folder)).toBeUndefined()
  })

  it('are numbered, and old ones are forgotten, except the last apply', async () => {
    const runs = join(await scratchFolder(), 'runs')
    await nextRunFolder(runs, 'init')
    await nextRunFolder(runs, 'apply')
    for (let count = 0; count < 15; count += 1) await nextRunFolder(runs, 'plan')
    const names = (await runFolders(runs)).map((folder) => basename(folder.path))
    expect(names).toHaveLength(11)
    expect(names.slice(0, 2)).toEqual(['000002-apply', '000008-plan'])
    expect(names.at(-1)).toBe('000017-plan')
  })
})
