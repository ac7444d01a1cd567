import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt } from '../lab/gateway-lab.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
})
afterAll(() => lab.close())

const ns = '/tumblebug/ns/default'

describe('the command line of 2025', () => {
  it('makes machines under mci, and reads them and their vNets to hand them to Terrarium', async () => {
    expect((await lab.send('GET', '/tumblebug/readyz')).status).toBe(200)
    const made = await lab.done('POST', `${ns}/mciDynamic`, {
      body: { name: 'mci01', description: 'made by the test', installMonAgent: 'no', label: 'DynamicVM', systemLabel: '', vm: ['aws+ap-northeast-2+t3.small', 'gcp+asia-northeast3+g1-small'].map((commonSpec) => ({ commonImage: 'ubuntu22.04', commonSpec, subGroupSize: '1', label: 'DynamicVM' })) },
    })
    // It is a text for clients of before v0.11.9 and a list for those after: either would break the others.
    expect(made).not.toHaveProperty('systemMessage')
    expect(made).toMatchObject({ id: 'mci01', resourceType: 'mci', systemLabel: 'The nodes are simulated.' })
    const machines = listAt(await lab.done('GET', `${ns}/mci/mci01`), 'vm')
    expect(machines.map((vm) => textAt(vm, 'connectionConfig', 'providerName'))).toEqual(['aws', 'gcp'])
    for (const vm of machines) {
      expect(textAt(vm, 'cspVNetId')).not.toBe('')
      expect(textAt(vm, 'cspSubnetId')).not.toBe('')
      expect(textAt(vm, 'region', 'region')).not.toBe('')
      const vnet = await lab.done('GET', `${ns}/resources/vNet/${textAt(vm, 'vNetId')}`)
      expect(textAt(vnet, 'cidrBlock')).toMatch(/^10\.\d+\.0\.0\/16$/)
      expect(textAt(vnet, 'subnetInfoList', 0, 'ipv4_CIDR')).toMatch(/^10\.\d+\.0\.0\/18$/)
    }
    expect((await lab.send('GET', '/terrarium/readyz')).status).toBe(200)
  }, 60_000)

  it('lists under mci, forgets the machines, and cleans up', async () => {
    expect(listAt(await lab.done('GET', `${ns}/mci`), 'mci').map((mci) => textAt(mci, 'id'))).toEqual(['mci01'])
    expect(await lab.done('DELETE', `${ns}/mci/mci01`, { query: '?option=terminate' })).toMatchObject({ output: [expect.stringContaining('mci01')] })
    expect(await lab.send('GET', `${ns}/mci/mci01`)).toMatchObject({ status: 404, body: { message: 'The infra mci01 does not exist.' } })
    expect(await lab.done('DELETE', `${ns}/sharedResources`)).toMatchObject({ output: ['[Done] vNet: default-shared-aws-ap-northeast-2', '[Done] vNet: default-shared-gcp-asia-northeast3'] })
    expect(lab.objects()).toEqual([])
  }, 60_000)
})
