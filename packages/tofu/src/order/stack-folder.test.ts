import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stackFile } from '@isthmus/core'
import { beforeAll, expect, it } from 'vitest'
import { installTime, realTofu, scratchFolder, scripted, stackOf } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import { FileRecords } from './file-records.ts'
import { StackFolder } from './stack-folder.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)

it.skipIf(process.platform !== 'linux').each([
  { onlyGiven: false, seen: 'ACME_REGION=of the process\nACME_TOKEN=of alice\n' },
  { onlyGiven: true, seen: 'ACME_TOKEN=of alice\n' },
])('credentials that are given replace those of this process, all of them where they are somebody else\'s: $onlyGiven', async ({ onlyGiven, seen }) => {
  const home = await scratchFolder()
  Object.assign(process.env, { ACME_TOKEN: 'of the process', ACME_REGION: 'of the process' })
  const options = { home, binary, master: randomBytes(32), providers: [], environment: {}, simulated: false, credentials: { ACME_TOKEN: 'of alice', OTHER_TOKEN: 'of alice' }, onlyGivenCredentials: onlyGiven }
  const text = stackOf({ a: scripted('env | grep _TOKEN= > names; env | grep ACME_REGION= >> names; sort -o names names') })[stackFile] ?? ''
  const folder = new StackFolder({ name: 'network-a', after: [], keys: [], passEnvironment: ['ACME_'], text, bindings: {} }, { order: 'o', folder: home, records: new FileRecords(home), options, run: 'r' })
  await folder.ready({})
  await folder.workspace.plan()
  await folder.workspace.apply()
  expect(await readFile(join(home, 'network-a', 'names'), 'utf8')).toBe(seen)
})
