import { access, appendFile, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { installTime, open, realTofu, scratchFolder, scripted, stackOf } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import type { TofuEvent } from '../events/event.ts'
import { isTofuError } from './tofu-error.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)

const failure = (work: Promise<unknown>) => work.then(() => undefined, (error: unknown) => error)

describe('a workspace', () => {
  it('plans, applies exactly that plan, plans nothing, and destroys', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    await workspace.write(stackOf({ a: { input: 'one' }, b: { input: '${terraform_data.a.output}' } }, { output: { b: { value: '${terraform_data.b.output}' } } }))
    await workspace.init()

    const first = await workspace.plan()
    expect(first).toMatchObject({ hasChanges: true, changes: { create: 2, update: 0, delete: 0, replace: 0, noop: 0 } })
    expect(first.resourceChanges.map((item) => item.address)).toEqual(['terraform_data.a', 'terraform_data.b'])
    expect(await workspace.showPlan()).toMatchObject({ planned_values: { root_module: { resources: [{ address: 'terraform_data.a' }, { address: 'terraform_data.b' }] } } })

    const events: TofuEvent[] = []
    await workspace.apply((event) => events.push(event))
    const seen = events.map((event) => ('address' in event ? `${event.type} ${event.address}` : event.type))
    expect(seen).toEqual(expect.arrayContaining(['version', 'apply_start terraform_data.a', 'apply_complete terraform_data.b', 'change_summary', 'outputs']))
    expect(await workspace.outputs()).toEqual({ b: 'one' })
    expect(await workspace.showState()).toMatchObject({ values: { root_module: { resources: [{ values: { output: 'one' } }, {}] } } })

    expect(await workspace.plan()).toMatchObject({ hasChanges: false, changes: { create: 0, noop: 2 } })
    await workspace.destroy()
    expect(await workspace.showState()).not.toHaveProperty('values.root_module.resources')
    expect(await workspace.interrupted()).toBeUndefined()
    await workspace.removeState()
  })

  it('tells a replacement from an update', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    await workspace.write(stackOf({ a: { input: 1, triggers_replace: 1 }, b: { input: 1 } }))
    await workspace.init()
    await workspace.plan()
    await workspace.apply()
    await workspace.write(stackOf({ a: { input: 1, triggers_replace: 2 }, b: { input: 2 } }))
    const plan = await workspace.plan()
    expect(plan.changes).toEqual({ create: 0, update: 1, delete: 0, replace: 1, noop: 0 })
    expect(plan.resourceChanges[0]).toMatchObject({ actions: ['delete', 'create'], reason: 'replace_because_cannot_update' })
  })

  it('runs init again only when what it acts on changed', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    await workspace.write(stackOf({ a: {} }))
    expect(await workspace.init()).toEqual({ ran: true })
    await workspace.write(stackOf({ a: {}, b: {} }))
    expect(await workspace.init()).toEqual({ ran: false })
    await workspace.write(stackOf({ a: {} }, { terraform: { required_version: '>= 1.12.1' } }))
    expect(await workspace.init()).toEqual({ ran: true })
  })

  it('writes only files that changed, and no file outside', async () => {
    const dir = await scratchFolder()
    const workspace = open({ binary, dir })
    const files = { ...stackOf({ a: {} }), 'link.auto.tfvars.json': '{}' }
    expect(await workspace.write(files)).toEqual(['main.tf.json', 'link.auto.tfvars.json'])
    expect(await workspace.write(files)).toEqual([])
    for (const name of ['../main.tf.json', '.terraform.lock.hcl', 'run.sh', 'a/b.tf']) {
      await expect(workspace.write({ [name]: '' })).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' })
    }
  })

  it('refuses a plan file that was exchanged, and one that was never saved', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    await workspace.write(stackOf({ a: {} }))
    await workspace.init()
    await expect(workspace.apply()).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' })
    const { file } = await workspace.plan()
    await appendFile(file, ' ')
    await expect(workspace.apply()).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' })
    await expect(workspace.showPlan()).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' })
  })

  it('applies a plan that an earlier workspace object saved', async () => {
    const [dir, stateKey] = [await scratchFolder(), new Uint8Array(32).fill(7)]
    const earlier = open({ binary, dir, stateKey })
    await earlier.write(stackOf({ a: {} }))
    await earlier.init()
    const { file, digest } = await earlier.plan()
    await earlier.close()
    const later = open({ binary, dir, stateKey })
    await later.apply(undefined, { plan: { file, digest } })
    expect(await later.plan()).toMatchObject({ hasChanges: false })
  })

  it('fails with what the engine said, where it said it', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    await workspace.write(stackOf({ a: { input: '${terraform_data.missing.id}' } }))
    await workspace.init()
    const error = await failure(workspace.plan())
    expect(error).toMatchObject({ code: 'TOFU_FAILED', retryable: false, diagnostics: [{ severity: 'error', summary: 'Reference to undeclared resource', file: 'main.tf.json' }] })
    expect(isTofuError(error)).toBe(true)
  })

  it('names the resource that failed, and reads on after a listener threw', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    await workspace.write(stackOf({ good: {}, bad: scripted('exit 3') }))
    await workspace.init()
    await workspace.plan()
    const error = await failure(workspace.apply(() => {
      throw new Error('listener')
    }))
    expect(error).toMatchObject({ code: 'TOFU_FAILED', diagnostics: [{ address: 'terraform_data.bad', summary: 'local-exec provisioner error' }] })
    expect(await workspace.interrupted()).toBeUndefined()
    expect((await workspace.plan()).changes).toMatchObject({ replace: 1, noop: 1 })
  })

  describe('with a state that an earlier apply could not save', () => {
    let dir: string
    let workspace: ReturnType<typeof open>
    beforeEach(async () => {
      dir = await scratchFolder()
      workspace = open({ binary, dir })
      await workspace.write(stackOf({ a: {}, b: {} }))
      await workspace.init()
      await workspace.plan()
      await workspace.apply()
      await rename(join(dir, 'terraform.tfstate'), join(dir, 'errored.tfstate'))
    })

    it('saves it before it plans', async () => {
      expect(await workspace.plan()).toMatchObject({ hasChanges: false, changes: { noop: 2 } })
      await expect(access(join(dir, 'errored.tfstate'))).rejects.toThrow('ENOENT')
      expect(JSON.parse(await readFile(join(dir, 'terraform.tfstate'), 'utf8'))).toHaveProperty('encrypted_data')
    })

    it('imports no object that is in it', async () => {
      await workspace.import('terraform_data.a', 'another')
      expect(await workspace.plan()).toMatchObject({ hasChanges: false, changes: { noop: 2 } })
    })

    it('drops it with what it knows of its runs, once another machine has worked on the stack', async () => {
      await workspace.forgetRuns()
      expect(await workspace.plan()).toMatchObject({ changes: { create: 2 } })
    })
  })

  it('refuses to forget a state that still holds resources', async () => {
    const dir = await scratchFolder()
    const workspace = open({ binary, dir })
    await workspace.write(stackOf({ a: {} }))
    await workspace.init()
    await workspace.plan()
    await workspace.apply()
    await expect(workspace.removeState()).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' })
    await access(join(dir, 'terraform.tfstate'))
  })

  it('copes with an event longer than the limit for lines', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    const long = `\${join("", [for i in range(1000) : "${'x'.repeat(1300)}"])}`
    await workspace.write(stackOf({ a: {} }, { output: { long: { value: long } } }))
    await workspace.init()
    await workspace.plan()
    const types: string[] = []
    await workspace.apply((event) => types.push(event.type))
    expect(types.slice(-2)).toEqual(['change_summary', 'text'])
    expect(String((await workspace.outputs())['long'])).toHaveLength(1_300_000)
  })
})
