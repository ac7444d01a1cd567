import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from '../contract/operations.fixture.ts'
import { GatewayLab, listAt, textAt } from '../lab/gateway-lab.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
})
afterAll(() => lab.close())

const ns = '/tumblebug/ns/mig01'
const vnets = `${ns}/resources/vNet`
const recommended = { name: 'mig-vnet-01', connectionName: 'aws-ap-northeast-2', cidrBlock: '10.0.0.0/21', subnetInfoList: [{ name: 'mig-subnet-01', ipv4_CIDR: '10.0.1.0/24', zone: '' }], description: 'a recommended vNet for migration' }

/** What is wrong with a vNet for a client that decodes it into the types of the peer: a number in place of a text would break it. */
const undecodable = (body: unknown): string[] => faultsOf('tumblebug.schema.json#/$defs/model.VNetInfo', body)

describe('cm-beetle', () => {
  it('starts: looks for its namespace, and makes it because it is not there', async () => {
    expect((await lab.send('GET', '/tumblebug/readyz')).status).toBe(200)
    expect(await lab.send('GET', ns)).toMatchObject({ status: 404, body: { message: expect.stringMatching(/^Not valid namespace/) } })
    expect(await lab.done('POST', '/tumblebug/ns', { body: { name: 'mig01', description: 'for migration' } })).toMatchObject({ id: 'mig01' })
    expect(await lab.done('GET', ns)).toMatchObject({ id: 'mig01' })
    expect(await lab.send('POST', '/tumblebug/ns', { body: { name: 'mig01' } })).toMatchObject({ status: 409, body: { message: expect.stringContaining('already exists') } })
  })

  it('checks connection and region before it recommends anything', async () => {
    expect(await lab.done('GET', '/tumblebug/connConfig/aws-ap-northeast-2')).toMatchObject({ configName: 'aws-ap-northeast-2', providerName: 'aws' })
    expect((await lab.send('GET', '/tumblebug/connConfig/aws-nowhere')).status).toBeGreaterThanOrEqual(400)
    const region = await lab.done('GET', '/tumblebug/provider/aws/region/ap-northeast-2')
    expect(region).toMatchObject({ regionName: 'ap-northeast-2' })
    expect(listAt(region, 'zones')).toContain('ap-northeast-2a')
  })

  it('takes a vNet that is not there for missing', async () => {
    expect(await lab.send('GET', `${vnets}/mig-vnet-01`)).toMatchObject({ status: 404, body: { message: 'does not exist, vNet: mig-vnet-01' } })
  })

  it('migrates: makes the vNet, goes on when it is there already, and reads back what it needs', async () => {
    const made = await lab.done('POST', vnets, { body: recommended })
    expect(undecodable(made)).toEqual([])
    expect([textAt(made, 'id'), textAt(made, 'subnetInfoList', 0, 'id')]).toEqual(['mig-vnet-01', 'mig-subnet-01'])
    expect(await lab.send('POST', vnets, { body: recommended })).toMatchObject({ status: 409, body: { message: 'already exists, vNet: mig-vnet-01' } })

    const read = await lab.done('GET', `${vnets}/mig-vnet-01`)
    expect(undecodable(read)).toEqual([])
    expect(read).toMatchObject({ name: 'mig-vnet-01', connectionName: 'aws-ap-northeast-2', cidrBlock: '10.0.0.0/21', subnetInfoList: [{ name: 'mig-subnet-01', ipv4_CIDR: '10.0.1.0/24' }] })
    for (const path of [['cspResourceId'], ['subnetInfoList', 0, 'cspResourceId'], ['subnetInfoList', 0, 'zone']]) expect(textAt(read, ...path), path.join('.')).not.toBe('')
  }, 60_000)

  it('passes list, ids and delete on for its own clients, with their headers', async () => {
    const headers = { 'x-request-id': 'beetle-1', 'x-credential-holder': 'admin' }
    const list = await lab.send('GET', vnets, { headers })
    expect(list.headers.get('x-request-id')).toBe('beetle-1')
    expect(listAt(list.body, 'vNet').flatMap(undecodable)).toEqual([])
    expect(await lab.done('GET', vnets, { query: '?option=id', headers })).toEqual({ output: ['mig-vnet-01'] })
    expect(await lab.done('DELETE', `${vnets}/mig-vnet-01`, { query: '?action=reconcile' })).toEqual({ message: 'vNet (mig-vnet-01) reconciled' })
  }, 60_000)

  it('rolls back with a capital S, and may ask five times', async () => {
    expect(await lab.done('DELETE', `${vnets}/mig-vnet-01`, { query: '?action=withSubnets' })).toEqual({ message: 'the vNet (mig-vnet-01) has been deleted' })
    expect(await lab.send('DELETE', `${vnets}/mig-vnet-01`, { query: '?action=withsubnets' })).toMatchObject({ status: 404 })
    expect(await lab.done('DELETE', `${ns}/sharedResources`)).toMatchObject({ output: [] })
    expect(lab.objects()).toEqual([])
  }, 60_000)

  it('is told in one sentence what is wrong with a vNet, before anything is made', async () => {
    for (const [wrong, text] of [
      [{ subnetInfoList: [] }, 'at least one subnet'],
      [{ connectionName: 'aws-nowhere' }, 'does not exist'],
      [{ subnetInfoList: [{ name: 'out', ipv4_CIDR: '10.9.0.0/24' }] }, 'subnetInfoList[0].ipv4_CIDR'],
      [{ name: '1st' }, 'name'],
    ] as const) expect(await lab.send('POST', vnets, { body: { ...recommended, ...wrong } }), text).toMatchObject({ status: 400, body: { message: expect.stringContaining(text) } })
    expect(await lab.done('GET', vnets)).toEqual({ vNet: [] })
  })
})
