import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, listOf, threeClouds, type Ran } from './testing/command-line.fixture.ts'

let line: CommandLine

beforeAll(async () => {
  line = await CommandLine.open()
}, installTime)

afterAll(() => line.close())

const codes = (ran: Ran): string[] => listOf(documentOf(ran), 'findings').map((item) => String(item['code']))

describe('an order that cannot be used', () => {
  const reading = ['plan', 'apply', 'status', 'destroy', 'demo']

  it.each(reading)('is refused by %s with a finding when its file is missing', async (command) => {
    const ran = await line.run([command, 'none.yaml', '--json'])
    expect(ran).toMatchObject({ code: 1 })
    expect(codes(ran)).toEqual(['ORDER_UNREADABLE'])
  })

  it('is refused with the line at which its YAML is broken', async () => {
    const file = line.write('broken.yaml', 'name: x\nsites:\n  a: { cloud: aws\n  b: 3\n')
    expect(await line.run(['validate', file])).toMatchObject({ code: 1, stdout: expect.stringMatching(/not valid YAML or JSON at line 4[^]*hint: correct .*broken\.yaml at line 4/) })
  })

  it('is refused for a cloud that nobody knows, with the one that was meant', async () => {
    const file = line.write('cloud.yaml', readFileSync(threeClouds, 'utf8').replace('cloud: aws', 'cloud: awz'))
    const ran = await line.run(['plan', file, '--json'])
    expect(ran).toMatchObject({ code: 1 })
    expect(listOf(documentOf(ran), 'findings')[0]).toMatchObject({ code: 'CLOUD_UNKNOWN', path: 'sites.aws-seoul.cloud', hint: expect.stringContaining('write aws') })
  })

  it('is refused when it comes without a name and is to be destroyed', async () => {
    const ran = await line.run(['destroy', line.write('nameless.yaml', 'sites: {}\n'), '--json'])
    expect(ran).toMatchObject({ code: 1 })
    expect(documentOf(ran)).toMatchObject({ ok: false, error: { code: 'USAGE' } })
  })
})

describe('an order on standard input', () => {
  it('is read where its name is -', async () => {
    expect(await line.run(['validate', '-'], { input: readFileSync(threeClouds, 'utf8') })).toMatchObject({ code: 0, stdout: expect.stringContaining('3 sites and 3 links') })
  })

  it('is read once, although apply plans it twice', async () => {
    const input = JSON.stringify({ name: 'piped', topology: { links: [['a', 'b']] }, sites: { a: { cloud: 'gcp', region: 'asia-northeast3', cidr: '10.1.0.0/16' }, b: { cloud: 'gcp', region: 'us-east1', cidr: '10.2.0.0/16' } } })
    const ran = await line.run(['apply', '-', '--simulated', '--speed', 'Infinity', '--json'], { input })
    expect(ran).toMatchObject({ code: 0 })
    expect(documentOf(ran)).toMatchObject({ ok: true })
    expect(await line.run(['destroy', '-', '--simulated'], { input })).toMatchObject({ code: 0 })
  })
})

describe('a command that cannot be done', () => {
  it.each([
    { args: ['apply', 'x.yaml', '--sped', '3'], says: "unknown option '--sped'" },
    { args: ['apply', 'x.yaml', '--speed', '0'], says: 'above 0' },
    { args: ['plan'], says: "missing required argument 'order'" },
    { args: ['plam', 'x.yaml'], says: "unknown command 'plam'" },
    { args: ['explain', threeClouds, 'nowhere'], says: 'nowhere is neither a site nor a link of seoul-mesh' },
  ])('is told as wrong usage: $args', async ({ args, says }) => {
    const ran = await line.run([...args, '--json'])
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(says) })
    expect(documentOf(ran)).toMatchObject({ ok: false, error: { code: 'USAGE', message: expect.stringContaining(says) } })
  })

  it('needs credentials for real clouds, and names the variables', async () => {
    const ran = await line.run(['apply', threeClouds, '--json'])
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringMatching(/AWS_.*ARM_.*GOOGLE_.*--simulated/) })
    expect(documentOf(ran)).toMatchObject({ ok: false, error: { code: 'WORKSPACE_INVALID', message: expect.stringContaining('AWS_') } })
  })

  it('says that the master secret is too short, and not what it is', async () => {
    const ran = await line.run(['apply', threeClouds, '--simulated', '--json'], { env: { ISTHMUS_MASTER_SECRET: 'too-short-a-secret' } })
    expect(ran).toMatchObject({ code: 3 })
    expect(documentOf(ran)).toMatchObject({ error: { code: 'KEY_UNAVAILABLE' } })
    expect(ran.stdout + ran.stderr).not.toContain('too-short-a-secret')
  })

  it('says so in words where a folder cannot be written', async () => {
    const ran = await line.run(['export', threeClouds, '/dev/null/x', '--json'])
    expect(ran).toMatchObject({ code: 3, stderr: expect.not.stringContaining('    at ') })
    expect(documentOf(ran)).toMatchObject({ ok: false, error: { code: 'UNEXPECTED' } })
  })
})

describe('what is printed', () => {
  const commands = [['validate', threeClouds], ['design', threeClouds], ['schema'], ['plan', threeClouds], ['explain', threeClouds], ['pairs'], ['status', threeClouds, '--simulated']]

  it.each(commands.slice(2))('has no colours where nobody looks: %s', async (...args) => {
    const ran = await line.run(args)
    expect(ran.stdout.length).toBeGreaterThan(0)
    expect(ran.stdout + ran.stderr).not.toContain('\u001B')
  })

  it.each(commands)('is one JSON document with --json: %s', async (...args) => {
    const ran = await line.run([...args, '--json'])
    expect(Object.keys(documentOf(ran)).length).toBeGreaterThan(0)
  })
})
