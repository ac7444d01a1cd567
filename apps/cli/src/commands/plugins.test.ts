import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, listOf, type Ran } from '../testing/command-line.fixture.ts'
import { borrowedPlugin, pluginWithBoxes, type PluginFiles } from '../testing/plugin.fixture.ts'

let command: CommandLine
let order: string
beforeAll(async () => {
  command = await CommandLine.open()
  install('acme', borrowedPlugin('acme', 'gcp'))
  install('moon', pluginWithBoxes('moon', 'gcp'))
  install('broken', { 'package.json': borrowedPlugin('acme', 'gcp')['package.json'] ?? '' })
  command.write('isthmus.config.yaml', 'plugins: [./acme]\n')
  command.write('broken.yaml', 'plugins: [./acme, ./broken]\n')
  order = command.write('order.yaml', 'name: guests\nsites:\n  north: { cloud: acme, region: us-east1, cidr: 10.1.0.0/16 }\n  south: { cloud: aws, region: us-east-1, cidr: 10.2.0.0/16 }\n')
}, installTime)
afterAll(() => command.close())

function install(folder: string, files: PluginFiles): void {
  for (const [name, text] of Object.entries(files)) command.write(`${folder}/${name}`, text)
}

const ids = (ran: Ran): unknown[] => listOf(documentOf(ran), 'clouds').map(({ id }) => id)

describe('a provider from a plugin', () => {
  it.each(['validate', 'design', 'explain'])('works in isthmus %s', async (name) => {
    const ran = await command.run([name, order])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
  })

  it('is unknown where no configuration names it', async () => {
    const empty = command.write('empty.yaml', '')
    const ran = await command.run(['validate', order, '--json', '--config', empty])
    expect(ran.code).toBe(1)
    expect(listOf(documentOf(ran), 'findings')).toMatchObject([{ code: 'CLOUD_UNKNOWN' }])
  })

  it('is in the pairs, the terms and the schema', async () => {
    const rows = listOf(documentOf(await command.run(['pairs', '--json'])), 'pairs')
    expect(new Set(rows.map(({ a, b }) => `${String(a)} ${String(b)}`)).size).toBe(28)
    expect(new Set(rows.filter(({ a }) => a === 'acme').map(({ b }) => b)).size).toBe(7)
    expect(ids(await command.run(['terms', '--json']))).toEqual(['acme', 'alibaba', 'aws', 'azure', 'gcp', 'ibm', 'kt', 'ncp', 'nhn', 'tencent'])
    expect((await command.run(['schema'])).stdout).toContain('"const": "acme"')
  })

  it('is found by ISTHMUS_CONFIG from another folder', async () => {
    const ran = await command.run(['validate', order], { cwd: '/', env: { ISTHMUS_CONFIG: `${command.folder}/isthmus.config.yaml` } })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('a simulated cloud from a plugin', () => {
  it('is served beside those that are built in', async () => {
    const config = command.write('moon.yaml', 'plugins: [./moon]\n')
    command.write('boxes/main.tf', 'terraform {\n  required_providers {\n    moon = { source = "moon/moon" }\n  }\n}\nresource "moon_box" "one" {\n  name = "first"\n}\n')
    const ran = await command.run(['simulate', '--speed', 'Infinity', '--', 'sh', '-c', 'tofu init >/dev/null && tofu apply -auto-approve -no-color && tofu plan -detailed-exitcode -no-color'], { cwd: `${command.folder}/boxes`, env: { ISTHMUS_CONFIG: config } })
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/1 added[^]*No changes/) })
  })

  it('is waited for where clouds run that were started without it', async () => {
    await command.run(['status', order, '--simulated'])
    const first = await command.daemon()
    const ran = await command.run(['status', order, '--simulated', '--config', command.write('both.yaml', 'plugins: [./acme, ./moon]\n')])
    expect(ran).toMatchObject({ code: 4, stderr: expect.stringContaining('started without moon/moon') })
    expect(first).toBeDefined()
    expect(await command.daemon()).not.toBe(first)
  }, 90_000)

  it('is missed before anything is made where the plugin brings none', async () => {
    const lonely = command.write('lonely.yaml', 'name: lonely\nsites:\n  north: { cloud: moon, region: us-east1, cidr: 10.1.0.0/16 }\n  south: { cloud: aws, region: us-east-1, cidr: 10.2.0.0/16 }\n')
    install('unsimulated', { ...borrowedPlugin('moon', 'gcp'), 'index.js': `${borrowedPlugin('moon', 'gcp')['index.js'] ?? ''}provider.use = () => ({ name: 'google', source: 'moon/google', version: '1.0.0', configuration: {} })\n` })
    const ran = await command.run(['apply', lonely, '--simulated', '--speed', 'Infinity', '--config', command.write('unsimulated.yaml', 'plugins: [./unsimulated]\n')])
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('nobody simulates moon/google; its plugin brings no simulated cloud') })
    expect(command.objects()).toEqual([])
  })
})

describe('a plugin that fails', () => {
  it('stops a command that works on an order, with the reason and the way out', async () => {
    const ran = await command.run(['--config', 'broken.yaml', 'validate', order, '--json'])
    expect(ran.code).toBe(3)
    expect(documentOf(ran)).toMatchObject({ ok: false, error: { code: 'PLUGIN_FAILED', message: expect.stringMatching(/plugin \.\/broken is left out: .*index\.js is not in .*; build the package/) } })
  })

  it('is only mentioned by a command that shows what there is', async () => {
    const ran = await command.run(['terms', 'acme', '--config', 'broken.yaml', '--json'])
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('plugin ./broken is left out') })
    expect(ids(ran)).toEqual(['acme'])
  })
})

describe('isthmus terms', () => {
  it('sets the words of clouds side by side', async () => {
    const { stdout } = await command.run(['terms', 'aws', 'ncp'])
    expect(stdout).toMatch(/^ +aws +ncp$/m)
    expect(stdout).toMatch(/^securityGroup +Security group +ACG/m)
    expect(stdout).toMatch(/^peerGateway +Customer gateway +–$/m)
  })

  it('knows which clouds there are', async () => {
    const ran = await command.run(['terms', 'moon'])
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(/no cloud is named moon; there are acme, alibaba, /) })
  })
})

describe('a cloud without a provider', () => {
  it('has its network designed, and the reason why it cannot be linked', async () => {
    const file = command.write('ncp.yaml', 'name: guests\nsites:\n  north: { cloud: ncp, region: KR, cidr: 10.1.0.0/16 }\n  south: { cloud: aws, region: us-east-1, cidr: 10.2.0.0/16 }\n')
    const ran = await command.run(['design', file, '--json'])
    expect(ran.code).toBe(1)
    expect(listOf(documentOf(ran), 'findings')).toMatchObject([{ code: 'VPN_NOT_ORDERABLE', path: 'sites.north.cloud' }])
    expect(listOf(documentOf(ran), 'sites')).toMatchObject([{ name: 'north', subnets: [{ zone: 'KR-1' }, { zone: 'KR-2' }] }, { name: 'south' }])
  })
})
