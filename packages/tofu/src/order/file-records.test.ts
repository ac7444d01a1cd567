import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scratchFolder } from '../../test-kit/scratch-workspace.ts'
import { recordsInFiles, stacksFolderOf } from './file-records.ts'
import type { StackRecord } from './stack-record.ts'

const record: StackRecord = { name: 'network-a', after: [], keys: [], passEnvironment: ['ACME_'], text: '{}', bindings: { id: 'net-1' }, lastRun: 'x', leftovers: [{ address: 'acme_network.a', startedAt: '2026-11-24T08:00:00Z' }] }

it('keeps, lists and forgets the records of an order', async () => {
  const records = recordsInFiles(await scratchFolder(), 'order')
  expect([await records.list(), await records.read('network-a')]).toEqual([[], undefined])
  await records.write(record)
  expect([await records.list(), await records.read('network-a')]).toEqual([['network-a'], record])
  await records.remove('network-a')
  await records.remove('network-a')
  expect(await records.list()).toEqual([])
})

it('reads a record of version 0.1.0, which left the stack and its inputs to the files beside it', async () => {
  const home = await scratchFolder()
  const folder = join(stacksFolderOf(home, 'order'), 'network-a')
  await mkdir(folder, { recursive: true })
  const { text, bindings, lastRun: _, leftovers: __, ...kept } = record
  await writeFile(join(folder, 'stack.json'), JSON.stringify(kept))
  expect(await recordsInFiles(home, 'order').read('network-a')).toBeUndefined()
  await writeFile(join(folder, 'main.tf.json'), text)
  await writeFile(join(folder, 'bindings.auto.tfvars.json'), JSON.stringify(bindings))
  expect(await recordsInFiles(home, 'order').read('network-a')).toEqual({ ...kept, text, bindings })
})

it('refuses a file that is no record', async () => {
  const home = await scratchFolder()
  const folder = join(stacksFolderOf(home, 'order'), 'network-a')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'stack.json'), '{"name":"network-a","text":"{}"}')
  await expect(recordsInFiles(home, 'order').read('network-a')).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' })
})
