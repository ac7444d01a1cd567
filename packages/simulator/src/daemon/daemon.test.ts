import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectOrStart, findDaemon, readObjects, setFaults, stopDaemon, type DaemonAddress } from '../index.ts'
import { Workspace } from '../testing/workspace.ts'
import { claimHome, isAlive } from './claim.ts'

const runner = fileURLToPath(new URL('../testing/run-typescript.mjs', import.meta.url))
const daemon = fileURLToPath(new URL('../testing/toy-daemon.ts', import.meta.url))
const toyBox = { terraform: { required_providers: { toy: { source: 'example/toy' } } }, resource: { toy_box: { a: { name: 'alpha' }, b: { name: 'beta' } } } }

let home: string
let children: ChildProcess[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'isthmus-home-'))
  children = []
})

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

function start(idleExit = 60): Promise<DaemonAddress> {
  return connectOrStart(home, () => { children.push(spawn(process.execPath, [runner, daemon, home, String(idleExit)], { stdio: 'ignore' })) })
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(20)
}

it('is started once and found again, by callers at the same time too', async () => {
  const [one, other] = await Promise.all([start(), start()])
  const later = await connectOrStart(home, () => { throw new Error('it runs already') })
  expect([other.pid, later.pid]).toEqual([one.pid, one.pid])
  // Whoever came second gives up, unless the first has ended by then.
  for (const { pid = 0 } of children) if (pid !== one.pid) await gone(pid)
  await stopDaemon(home)
  expect(await findDaemon(home)).toBeUndefined()
}, 30_000)

it('is not disturbed by an earlier one whose home somebody deleted', async () => {
  const first = await start()
  rmSync(home, { recursive: true, force: true })
  const second = await start()
  expect(second.pid).not.toBe(first.pid)
  process.kill(first.pid, 'SIGTERM')
  await gone(first.pid)
  expect(await findDaemon(home)).toMatchObject({ pid: second.pid })
  expect(() => claimHome(home)).toThrow(/already serves/)
}, 30_000)

it('goes on while somebody looks for it now and then', async () => {
  const { pid } = await start(1)
  for (const end = Date.now() + 2_500; Date.now() < end; await delay(200)) await findDaemon(home)
  expect(isAlive(pid)).toBe(true)
}, 30_000)

it('ends by itself when nobody is connected', async () => {
  const { pid } = await start(1)
  await gone(pid)
  expect(await findDaemon(home)).toBeUndefined()
}, 30_000)

it('loses nothing when it is killed in the middle of an apply', async () => {
  let address = await start()
  const workspace = new Workspace(() => address.reattach)
  setFaults(home, [{ type: 'toy_box', op: 'create', match: { name: 'beta' }, crash: 'before' }])
  workspace.write(toyBox)
  await workspace.run('init')
  const outcome = await workspace.run('apply', '-no-color', '-auto-approve', '-parallelism=1')
  expect(outcome).toMatchObject({ code: 1, output: expect.stringContaining('Plugin did not respond') })
  await gone(address.pid)

  setFaults(home, [])
  address = await start()
  await workspace.apply(toyBox)
  expect(readObjects(home).map((object) => object.id).sort()).toEqual(['box-alpha', 'box-beta'])
  expect(await workspace.plan()).toEqual({})
  workspace.remove()
}, 60_000)
