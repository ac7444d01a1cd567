import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ProcessWatch } from '../../../../tests/process-watch.fixture.ts'
import { filesWith, installTime, open, realTofu, scratchFolder, scripted, stackOf } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import type { TofuEvent } from '../events/event.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)

const canary = 'canary<&>"7f3a91'
const keys = { TF_VAR_keys: JSON.stringify({ 'a--b--00@v1': canary }) }
const variable = (sensitive: boolean) => ({ variable: { keys: { type: 'map(string)', sensitive } }, output: { key: { value: '${terraform_data.a.output}', sensitive: true } } })

describe('secrets', () => {
  it('are in the state and in the plan only encrypted, and nowhere else in the workspace', async () => {
    const [dir, stateKey] = [await scratchFolder(), randomBytes(32)]
    const workspace = open({ binary, dir, stateKey, environment: keys })
    await workspace.write(stackOf({ a: { input: '${var.keys["a--b--00@v1"]}' } }, variable(true)))
    await workspace.init()
    const plan = await workspace.plan()
    expect(JSON.stringify(await workspace.showPlan())).toContain(JSON.stringify(canary))
    expect(JSON.parse(await readFile(plan.file, 'utf8'))).toHaveProperty('encrypted_data')
    await workspace.apply()
    expect(await workspace.outputs()).toEqual({ key: canary })
    expect(JSON.parse(await readFile(join(dir, 'terraform.tfstate'), 'utf8'))).toHaveProperty('encrypted_data')
    await workspace.plan({ destroy: true })
    for (const secret of ['canary', stateKey.toString('base64'), stateKey.toString('hex')]) expect(await filesWith(dir, secret)).toEqual([])
    expect((await stat(join(dir, '.isthmus'))).mode & 0o77).toBe(0)
  })

  it('that a command prints reach neither a listener, nor an error, nor the event file', async () => {
    const dir = await scratchFolder()
    const workspace = open({ binary, dir, environment: keys })
    const quoted = "'${var.keys[\"a--b--00@v1\"]}'"
    await workspace.write(stackOf({ a: scripted(`echo ${quoted}; echo ${quoted} >&2; exit 1`) }, variable(false)))
    await workspace.init()
    await workspace.plan()
    const events: TofuEvent[] = []
    const error = await workspace.apply((event) => events.push(event)).then(() => undefined, (thrown: unknown) => thrown)
    expect(JSON.stringify(events)).toContain('(sensitive)')
    expect(JSON.stringify([events, error])).not.toContain('canary')
    expect(await filesWith(dir, 'canary')).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('are in no argument of any process while it runs', async () => {
    const [dir, stateKey] = [await scratchFolder(), randomBytes(32)]
    const workspace = open({ binary, dir, stateKey, environment: keys })
    await workspace.write(stackOf({ a: scripted('sleep 1') }, variable(true)))
    await workspace.init()
    await workspace.plan()
    const watch = new ProcessWatch()
    onTestFinished(() => watch.stop())
    await workspace.apply()
    const lines = [...watch.commands].filter((line) => line.includes(dir))
    expect(lines.join('\n')).toContain('apply')
    expect([...watch.commands].filter((line) => line.includes('canary') || line.includes(stateKey.toString('base64')))).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('of this process reach OpenTofu only where they were let through', async () => {
    const dir = await scratchFolder()
    process.env['OTHER_SECRET'] = 'not-for-you'
    process.env['ACME_TOKEN'] = 'for-the-acme-cloud'
    const workspace = open({ binary, dir, passEnvironment: ['ACME_'] })
    await workspace.write(stackOf({ a: scripted('env | cut -d= -f1 > names') }))
    await workspace.init()
    await workspace.plan()
    await workspace.apply()
    const names = (await readFile(join(dir, 'names'), 'utf8')).split('\n')
    expect(names).toEqual(expect.arrayContaining(['PATH', 'ACME_TOKEN', 'TF_ENCRYPTION', 'TF_IN_AUTOMATION', 'CHECKPOINT_DISABLE']))
    expect(names).not.toContain('OTHER_SECRET')
    expect(names).not.toContain('NODE_ENV')
  })

  it('stay closed to another key', async () => {
    const dir = await scratchFolder()
    const owner = open({ binary, dir })
    await owner.write(stackOf({ a: {} }))
    await owner.init()
    await owner.plan()
    await owner.apply()
    await owner.close()
    const other = open({ binary, dir })
    await expect(other.plan()).rejects.toMatchObject({ code: 'TOFU_FAILED' })
    await expect(other.showState()).rejects.toMatchObject({ code: 'TOFU_FAILED' })
  })

  it('do not let an unencrypted state in', async () => {
    const dir = await scratchFolder()
    const workspace = open({ binary, dir })
    await workspace.write(stackOf({ a: {} }))
    execFileSync(binary.path, ['apply', '-auto-approve', '-input=false'], { cwd: dir, stdio: 'ignore', env: { PATH: process.env['PATH'], TF_CLI_CONFIG_FILE: '/dev/null' } })
    const error = await workspace.init().then(() => workspace.plan()).then(() => undefined, (thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'TOFU_FAILED' })
  })
})
