import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stackFile } from '@isthmus/core'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { installTime, realTofu, scratchFolder, scripted, stackOf } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import { FileRecords } from './file-records.ts'
import { StackFolder } from './stack-folder.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)
afterEach(() => vi.unstubAllEnvs())

it.skipIf(process.platform !== 'linux').each<[whose: string, owner: { readonly holder?: string }, seen: (dir: string) => string]>([
  ['of this process', {}, () => `ACME_REGION=of the process\nACME_TOKEN=given\nHOME=${process.env['HOME']}\n`],
  ['of somebody else', { holder: 'alice' }, (dir) => `ACME_TOKEN=given\nHOME=${dir}\n`],
])('credentials that are given replace those of this process, and all of it where they are not its own: %s', async (_, owner, seen) => {
  const home = await scratchFolder()
  for (const name of ['ACME_TOKEN', 'ACME_REGION']) vi.stubEnv(name, 'of the process')
  const options = { home, binary, master: randomBytes(32), providers: [], environment: {}, simulated: false, credentials: { ACME_TOKEN: 'given', OTHER_TOKEN: 'given' }, ...owner }
  const text = stackOf({ a: scripted('env | grep -E "_TOKEN=|^ACME_REGION=|^HOME=" | sort > names') })[stackFile] ?? ''
  const folder = new StackFolder({ name: 'network-a', after: [], keys: [], passEnvironment: ['ACME_'], text, bindings: {} }, { order: 'o', folder: home, records: new FileRecords(home), options, run: 'r' })
  await folder.ready({})
  await folder.workspace.plan()
  await folder.workspace.apply()
  expect(await readFile(join(home, 'network-a', 'names'), 'utf8')).toBe(seen(join(home, 'network-a')))
})
