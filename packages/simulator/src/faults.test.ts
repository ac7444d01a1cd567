import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOperations, setFaults, startSimulator, type Simulator } from './index.ts'
import { toyCloud } from './testing/toy-cloud.ts'
import { Workspace } from './testing/workspace.ts'

let home: string
let simulator: Simulator
let workspace: Workspace

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'isthmus-home-'))
  simulator = await startSimulator({ home, speed: 10, clouds: [toyCloud], providers: [], durations: { toy_pin: { create: 600, delete: 0 } } })
  workspace = new Workspace(() => simulator.reattach)
})

afterEach(async () => {
  await simulator.close()
  workspace.remove()
  rmSync(home, { recursive: true, force: true })
})

const required = { terraform: { required_providers: { toy: { source: 'example/toy' } } } }
const boxes = { ...required, resource: { toy_box: { a: { name: 'alpha' }, b: { name: 'beta' } } } }
const pin = { ...required, resource: { toy_pin: { p: { box_id: 'x' } } } }

async function prepare(configuration: object): Promise<void> {
  workspace.write(configuration)
  await workspace.run('init')
}

async function waitForObject(): Promise<void> {
  while (simulator.objects().length === 0) await delay(20)
}

describe('injected faults', () => {
  it('fails one creation and makes just that object the next time', async () => {
    setFaults(home, [{ type: 'toy_box', op: 'create', match: { name: 'beta' }, message: 'The cloud is full' }])
    await prepare(boxes)
    expect(await workspace.run('apply', '-no-color', '-auto-approve')).toMatchObject({ code: 1, output: expect.stringContaining('The cloud is full') })
    expect(await workspace.plan()).toEqual({ 'toy_box.b': 'create' })
    await workspace.apply(boxes)
    expect(readOperations(home).map(({ op, outcome }) => `${op} ${outcome}`).sort()).toEqual(['create done', 'create done', 'create fault'])
  })

  it('leaves a partly made object that must be replaced', async () => {
    setFaults(home, [{ type: 'toy_box', op: 'create', match: { name: 'beta' }, partial: true, message: 'Half done' }])
    await prepare(boxes)
    await workspace.run('apply', '-no-color', '-auto-approve')
    expect(await workspace.plan()).toEqual({ 'toy_box.b': 'delete+create' })
  })

  it('fails the nth call and as many as it is told', async () => {
    await workspace.apply(boxes)
    setFaults(home, [{ op: 'delete', nth: 2, times: 1 }])
    expect((await workspace.run('destroy', '-no-color', '-auto-approve')).code).toBe(1)
    expect(simulator.objects()).toHaveLength(1)
    await workspace.destroy()
  })

  it('fails reads', async () => {
    await workspace.apply(boxes)
    setFaults(home, [{ op: 'read', type: 'toy_box', times: 2, message: 'Not now' }])
    expect(await workspace.run('plan', '-no-color')).toMatchObject({ code: 1, output: expect.stringContaining('Not now') })
  })
})

describe('slow objects', () => {
  it('completes them at once when the engine is interrupted', async () => {
    await prepare(pin)
    const running = workspace.start('apply', '-no-color', '-auto-approve')
    await waitForObject()
    running.signal('SIGINT')
    await running.ended
    expect(workspace.attributes('toy_pin.p')).toMatchObject({ box_id: 'x' })
  })

  it('leaves them behind when the engine is killed', async () => {
    await prepare(pin)
    const running = workspace.start('apply', '-no-color', '-auto-approve')
    await waitForObject()
    running.signal('SIGKILL')
    await running.ended
    expect(simulator.objects()).toHaveLength(1)
    expect(workspace.stateText()).not.toContain('toy_pin')
  })
})

describe('a home', () => {
  it('holds no secret, and notices a changed one after a restart', async () => {
    const canary = 'canary-5c3b1e-secret'
    setFaults(home, [{ type: 'toy_box', op: 'create', match: { name: 'omega' } }])
    await workspace.apply({ ...required, resource: { toy_box: { a: { name: 'alpha', key: canary } } } })
    await workspace.run('apply', '-auto-approve', '-replace=toy_box.a')
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).map((name) => join(home, name)).filter((path) => statSync(path).isFile())
    expect(files.length).toBeGreaterThan(3)
    expect(files.filter((path) => readFileSync(path, 'utf8').includes(canary))).toEqual([])

    await simulator.close()
    simulator = await startSimulator({ home, speed: Infinity, clouds: [toyCloud], providers: [] })
    expect(await workspace.plan()).toEqual({})
    const [object] = simulator.objects()
    simulator.put({ type: 'toy_box', id: 'box-alpha', attributes: { ...object?.attributes, key: 'sim-sha256:something-else' } })
    expect(await workspace.plan()).toEqual({ 'toy_box.a': 'delete+create' })
  })

  it('has one simulator at a time', async () => {
    await expect(startSimulator({ home, speed: 1, clouds: [toyCloud], providers: [] })).rejects.toMatchObject({ code: 'SIMULATOR_FAILED' })
  })
})
