import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { installTime, open, realTofu, scratchFolder, stackOf } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import { textField } from '../json/fields.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)

describe('importing an object', () => {
  it('takes it into the state, so that the next plan does not make it', async () => {
    const workspace = open({ binary, dir: join(await scratchFolder(), 'stack') })
    await workspace.write(stackOf({ a: {} }))
    await workspace.init()
    await workspace.import('terraform_data.a', 'known-elsewhere')
    expect(JSON.stringify(await workspace.showState())).toContain('known-elsewhere')
    expect(await workspace.plan()).toMatchObject({ hasChanges: false })
    const again = await workspace.import('terraform_data.a', 'another').catch((error: unknown) => error)
    expect(textField({ ...Object(again) }, 'code')).toBe('TOFU_FAILED')
  })

  it.each([
    { address: '-force', id: 'x' },
    { address: 'terraform_data', id: 'x' },
    { address: 'module.a.terraform_data.b', id: 'x' },
    { address: 'terraform_data.a', id: '-x' },
    { address: 'terraform_data.a', id: '' },
  ])('refuses $address with the id "$id", which could be an option', async ({ address, id }) => {
    const workspace = open({ binary, dir: join(await scratchFolder(), 'stack') })
    await expect(workspace.import(address, id)).rejects.toThrow(expect.objectContaining({ code: 'WORKSPACE_INVALID' }))
  })
})
