import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, listOf, outcomes, tunnelStates, type Ran } from '../testing/command-line.fixture.ts'

const alone = `name: alone
topology: { links: [] }
sites:
  azure-seoul: { cloud: azure, region: koreacentral, cidr: 10.20.0.0/16 }
`

let line: CommandLine
let file: string
const simulated = ['--simulated', '--speed', 'Infinity', '--json']

beforeAll(async () => {
  line = await CommandLine.open()
  file = line.write('order.yaml', alone)
}, installTime)

afterAll(() => line.close())

describe('one network without a link', () => {
  it('is planned', async () => {
    const ran = await line.run(['plan', file])
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('1 network, no link.') })
    expect(ran.stdout).not.toContain('AS ')
    expect(ran.stdout).not.toContain('GatewaySubnet')
  })

  it('differs from its order before it is applied', async () => {
    const ran = await line.run(['status', file, ...simulated])
    expect(listOf(documentOf(ran), 'findings')).toMatchObject([{ code: 'NETWORK_MISSING', path: 'sites.azure-seoul' }])
    expect(documentOf(ran)).toMatchObject({ ok: false })
  }, installTime)

  it('is applied, and is then as ordered', async () => {
    const applied = await line.run(['apply', file, ...simulated])
    expect(applied).toMatchObject({ code: 0 })
    expect(outcomes(documentOf(applied))).toEqual({ 'network-azure-seoul': 'applied' })
    const status = await line.run(['status', file, ...simulated])
    expect(status).toMatchObject({ code: 0 })
    expect(listOf(documentOf(status), 'networks')).toMatchObject([{
      site: 'azure-seoul', name: 'alone-azure-seoul', id: expect.stringContaining('/virtualNetworks/alone-azure-seoul'), cidrs: ['10.20.0.0/16'],
      subnets: [{ name: 'workload-a', cidr: '10.20.0.0/18' }, { name: 'workload-b', cidr: '10.20.64.0/18' }],
    }])
  }, installTime)

  it('is destroyed without a trace', async () => {
    expect(await line.run(['destroy', file, ...simulated])).toMatchObject({ code: 0 })
    expect(line.objects()).toEqual([])
  }, installTime)
})

describe('a link between networks that stood alone', () => {
  const sites = `sites:
  azure-seoul: { cloud: azure, region: koreacentral, cidr: 10.20.0.0/16 }
  alibaba-tokyo: { cloud: alibaba, region: ap-northeast-1, cidr: 10.40.0.0/16, subnets: [{ name: apps, cidr: 10.40.1.0/24, zone: ap-northeast-1a }] }
`
  const applied = async (links: string): Promise<Ran> => line.run(['apply', line.write('links.yaml', `name: linking\ntopology: { links: ${links} }\n${sites}`), ...simulated])
  const ids = (): string[] => line.objects().map(({ type, id }) => `${type} ${id}`).sort()

  it('comes with what the gateways need, and goes with it', async () => {
    expect(await applied('[]')).toMatchObject({ code: 0 })
    const before = ids()
    const linked = await applied('[[azure-seoul, alibaba-tokyo]]')
    expect(linked).toMatchObject({ code: 0 })
    expect(Object.keys(tunnelStates(documentOf(linked)))).toEqual(['up'])
    expect(ids().filter((id) => before.includes(id))).toEqual(before)
    expect(await applied('[]')).toMatchObject({ code: 0 })
    expect(ids()).toEqual(before)
  }, installTime)
})
