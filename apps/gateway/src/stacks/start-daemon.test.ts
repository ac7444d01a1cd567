import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startDaemon } from './start-daemon.ts'

it('survives that no process can be started, and says so', async ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-daemon-'))
  const { execPath } = process
  onTestFinished(() => {
    process.execPath = execPath
    rmSync(folder, { recursive: true })
  })
  process.execPath = join(folder, 'nothing')
  expect((await new Promise<Error>((onError) => startDaemon({ folder, speed: 1, idleExit: 1, plugins: [], onError }))).message).toMatch(/ENOENT/)
})
