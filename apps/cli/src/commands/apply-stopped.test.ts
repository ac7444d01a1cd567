import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, outcomes, tunnelStates } from '../testing/command-line.fixture.ts'
import { unknownObjects } from '../testing/known-objects.fixture.ts'

const order = `name: stopped
sites:
  azure-seoul: { cloud: azure, region: koreacentral, cidr: 10.20.0.0/16 }
  gcp-seoul: { cloud: gcp, region: asia-northeast3, cidr: 10.30.0.0/16 }
`

let line: CommandLine
let file: string

beforeAll(async () => {
  line = await CommandLine.open()
  file = line.write('order.yaml', order)
}, installTime)

afterAll(() => line.close())

describe.runIf(process.platform !== 'win32')('Ctrl-C', () => {
  it('ends an apply in the middle of a slow creation, with everything that was made in the state', async () => {
    // At this speed the Azure gateway takes minutes.
    const running = line.start(['apply', file, '--simulated', '--speed', '20', '--json'])
    await running.says('azurerm_public_ip.azure-seoul--1 created')
    running.child.kill('SIGINT')
    const ran = await running.ended
    expect(ran).toMatchObject({ code: 130, stderr: expect.stringContaining('saves its state') })
    expect(documentOf(ran)).toMatchObject({ ok: false })
    expect(await unknownObjects(line, 'stopped')).toEqual([])
    expect(line.objects().some((object) => object.type === 'azurerm_public_ip')).toBe(true)
  })

  it('leaves what the next apply finishes', async () => {
    const ran = await line.run(['apply', file, '--simulated', '--json'])
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    expect(documentOf(ran)).toMatchObject({ ok: true, findings: [] })
    expect(tunnelStates(documentOf(ran))).toEqual({ up: 2 })
    expect(outcomes(documentOf(ran))).toMatchObject({ 'network-azure-seoul': 'unchanged', 'link-azure-seoul--gcp-seoul': 'applied' })
    expect(await unknownObjects(line, 'stopped')).toEqual([])
  })
})
