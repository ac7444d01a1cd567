import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt, valueAt } from '../../test/lab/gateway-lab.fixture.ts'
import { messageOf, NetworkClient, patience, reasonOf } from '../testing/network-client.fixture.ts'

let lab: GatewayLab
let client: NetworkClient

const vnet = (second: number, more: Readonly<Record<string, string>> = {}) => ({ connection: 'aws-ap-northeast-2', cidr: `10.${second}.0.0/16`, subnets: { first: `10.${second}.0.0/24`, ...more } })
const holds = (cidr: string): boolean => lab.objects().some(({ attributes }) => attributes['cidr_block'] === cidr)

beforeAll(async () => {
  lab = await GatewayLab.open({ runsAtATime: 8 })
  client = await NetworkClient.open(lab, 'vnets')
  const blockedSubnets = ['10.21.0.0/24', '10.22.0.0/24', '10.31.1.0/24'].map((cidr_block) => ({ type: 'aws_subnet', op: 'create' as const, match: { cidr_block }, times: 99, message: `no room for ${cidr_block}` }))
  lab.fail(
    ...blockedSubnets,
    { type: 'aws_vpc', op: 'delete', match: { cidr_block: '10.22.0.0/16' }, message: 'the VPC is busy' },
    { type: 'aws_subnet', op: 'delete', match: { cidr_block: '10.32.1.0/24' }, message: 'something is in the subnet' },
    { type: 'aws_vpc', op: 'delete', match: { cidr_block: '10.61.0.0/16' }, message: 'the VPC is busy' },
  )
})
afterAll(() => lab.close())

describe.concurrent('a new vNet', { timeout: patience }, () => {
  it.each([
    ['no connection of that name', { connection: 'nowhere', cidr: '10.11.0.0/16', subnets: { first: '10.11.0.0/24' } }, 'nowhere'],
    ['a subnet outside', { ...vnet(11), subnets: { first: '10.12.0.0/24' } }, 'subnetInfoList[0].ipv4_CIDR'],
    ['subnets that overlap', { ...vnet(11), subnets: { first: '10.11.0.0/24', second: '10.11.0.128/25' } }, 'subnetInfoList[1].ipv4_CIDR'],
    ['a block that its cloud refuses', { ...vnet(11), cidr: '8.8.0.0/16', subnets: { first: '8.8.8.0/24' } }, 'cidrBlock'],
    ['no subnet', { ...vnet(11), subnets: {} }, 'subnetInfoList'],
    ['no block in a cloud whose networks have one', { ...vnet(11), cidr: '' }, 'cidrBlock'],
  ])('with %s leaves nothing on record', async (_, wanted, named) => {
    const refused = await client.makeVnet('wrong', wanted)
    expect(refused.status).toBe(400)
    expect(messageOf(refused)).toContain(named)
    expect(messageOf(refused)).not.toMatch(/\btb[0-9a-v]{18}\b/)
    expect((await client.vnet('wrong')).status).toBe(404)
  })

  it('is asked for by many at once and made once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.makeVnet('once', vnet(12))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused && messageOf(refused)).toContain('already exists')
    expect(lab.objects().filter(({ type, attributes }) => type === 'aws_vpc' && attributes['cidr_block'] === '10.12.0.0/16')).toHaveLength(1)
  })

  it('that its cloud cannot make goes away again', async () => {
    const failed = await client.makeVnet('unmade', vnet(21, { second: '10.21.1.0/24' }))
    expect(failed.status).toBe(500)
    expect(messageOf(failed)).toContain('no room for 10.21.0.0/24')
    expect((await client.vnet('unmade')).status).toBe(404)
    expect(holds('10.21.0.0/16')).toBe(false)
  })

  it('that can neither be made nor taken back stays on record, says so, and can be deleted later', async () => {
    const failed = await client.makeVnet('stuck', vnet(22))
    expect(failed.status).toBe(500)
    const kept = await client.vnet('stuck')
    expect(valueAt(kept.body, 'status')).toBe('Failed')
    expect(textAt(kept.body, 'systemMessage')).toMatch(/no room for 10\.22\.0\.0\/24.*could not be taken back.*the VPC is busy/)
    expect(holds('10.22.0.0/16')).toBe(true)
    await client.done('DELETE', '/resources/vNet/stuck', { query: '?action=force' })
    expect(holds('10.22.0.0/16')).toBe(false)
  })
})

describe.concurrent('a vNet that is there', { timeout: patience }, () => {
  it('keeps its subnets when another one cannot be made', async () => {
    await client.makeVnet('grows', vnet(31))
    expect((await client.send('POST', '/resources/vNet/grows/subnet', { body: { name: 'second', ipv4_CIDR: '10.31.1.0/24' } })).status).toBe(500)
    const kept = await client.vnet('grows')
    expect(valueAt(kept.body, 'status')).toBe('Available')
    expect(textAt(kept.body, 'systemMessage')).toContain('no room for 10.31.1.0/24')
    expect(await client.subnets('grows')).toEqual(['first'])
    expect((await client.send('POST', '/resources/vNet/grows/subnet', { body: { name: 'third', ipv4_CIDR: '10.31.2.0/24' } })).status).toBe(201)
    expect(textAt((await client.vnet('grows')).body, 'systemMessage')).toBe('')
    const again = await client.send('POST', '/resources/vNet/grows/subnet', { body: { name: 'third', ipv4_CIDR: '10.31.3.0/24' } })
    expect([again.status, messageOf(again)]).toEqual([409, 'already exists, subnet: third'])
    const outside = await client.send('POST', '/resources/vNet/grows/subnet', { body: { name: 'fourth', ipv4_CIDR: '10.99.3.0/24' } })
    expect([outside.status, messageOf(outside)]).toEqual([400, expect.stringMatching(/^ipv4_CIDR: 10\.99\.3\.0\/24 \(fourth\) is not inside/)])
  })

  it('keeps a subnet that cannot be removed, which says so', async () => {
    await client.makeVnet('shrinks', vnet(32, { second: '10.32.1.0/24', third: '10.32.2.0/24' }))
    expect((await client.send('DELETE', '/resources/vNet/shrinks/subnet/second')).status).toBe(500)
    const kept = await client.vnet('shrinks')
    expect(await client.subnets('shrinks')).toEqual(['first', 'second', 'third'])
    expect(listAt(kept.body, 'subnetInfoList').map((subnet) => valueAt(subnet, 'status'))).toEqual(['Available', 'Failed', 'Available'])
    expect(holds('10.32.1.0/24')).toBe(true)
    await client.done('DELETE', '/resources/vNet/shrinks/subnet/second')
    expect(await client.subnets('shrinks')).toEqual(['first', 'third'])
    expect(holds('10.32.1.0/24')).toBe(false)
  })

  it('loses its last subnet and goes without asking for more', async () => {
    await client.makeVnet('small', vnet(33))
    const before = await client.send('DELETE', '/resources/vNet/small')
    expect([before.status, messageOf(before)]).toEqual([409, 'cannot delete vNet (small): has 1 subnet(s); use action=withSubnets or action=force'])
    const deregistered = await client.send('DELETE', '/deregisterResource/vNet/small')
    expect([deregistered.status, messageOf(deregistered)]).toEqual([409, 'cannot deregister vNet (small): has 1 subnet(s); use withSubnets=true'])
    await client.done('DELETE', '/resources/vNet/small/subnet/first')
    expect(await client.subnets('small')).toEqual([])
    expect(lab.objects().filter(({ type, attributes }) => type === 'aws_subnet' && String(attributes['cidr_block']).startsWith('10.33.'))).toEqual([])
    await client.done('DELETE', '/resources/vNet/small')
    expect((await client.send('DELETE', '/resources/vNet/small')).status).toBe(404)
  })

  it('takes one change at a time', async () => {
    await client.makeVnet('busy', vnet(34))
    const answers = await Promise.all(['a', 'b', 'c'].map((name, index) => client.send('POST', '/resources/vNet/busy/subnet', { body: { name, ipv4_CIDR: `10.34.${index + 1}.0/24` } })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect((await client.subnets('busy'))).toHaveLength(2)
  })
})

describe.concurrent('a network that a cloud holds already', { timeout: patience }, () => {
  it('is found with its blocks and subnets, and stays in its cloud when it is forgotten', async () => {
    const made = await client.makeVnet('origin', vnet(41, { second: '10.41.1.0/24' }))
    const register = (name: string, cspResourceId: string) => client.send('POST', '/registerCspResource/vNet', { body: { name, connectionName: 'aws-ap-northeast-2', cspResourceId } })
    const id = textAt(made.body, 'cspResourceId')
    const second = await register('found', id)
    expect([second.status, messageOf(second)]).toEqual([409, `cspResourceId: ${id} of aws-ap-northeast-2 is vNet origin already; use that one, or deregister it first`])
    await client.done('DELETE', '/deregisterResource/vNet/origin', { query: '?withSubnets=true' })
    const registered = await register('found', id)
    expect(registered.status).toBe(201)
    expect((await register('again', id)).status).toBe(409)
    expect(valueAt(registered.body, 'cidrBlock')).toBe('10.41.0.0/16')
    expect(listAt(registered.body, 'subnetInfoList').map((subnet) => valueAt(subnet, 'ipv4_CIDR')).sort()).toEqual(['10.41.0.0/24', '10.41.1.0/24'])
    expect((await client.send('POST', '/resources/vNet/found/subnet', { body: { name: 'x', ipv4_CIDR: '10.41.2.0/24' } })).status).toBe(409)
    expect(await client.done('DELETE', '/resources/vNet/found', { query: '?action=withsubnets' })).toEqual({ message: 'the vNet (found) has been deregistered; its cloud keeps it' })
    expect((await client.vnet('found')).status).toBe(404)
    expect(holds('10.41.0.0/16') && holds('10.41.1.0/24')).toBe(true)
  })

  it('that is not there is named in the answer and leaves nothing on record', async () => {
    const missing = await client.send('POST', '/registerCspResource/vNet', { body: { name: 'ghost', connectionName: 'aws-ap-northeast-2', cspResourceId: 'vpc-0123456789abcdef0' } })
    expect([missing.status, messageOf(missing)]).toEqual([404, 'vpc-0123456789abcdef0 does not exist in aws-ap-northeast-2'])
    expect((await client.vnet('ghost')).status).toBe(404)
  })

  it('cannot be named by something that is no id', async () => {
    const wrong = await client.send('POST', '/registerCspResource/vNet', { body: { name: 'ghost', connectionName: 'aws-ap-northeast-2', cspResourceId: 'my network' } })
    expect([wrong.status, messageOf(wrong)]).toEqual([400, expect.stringMatching(/^cspResourceId: .*it looks like vpc-/)])
  })
})

describe.concurrent('a comparison with the cloud', { timeout: patience }, () => {
  it('finds what was removed behind the back of the gateway, and pruning forgets it', async () => {
    await client.makeVnet('lost', vnet(51))
    expect(lab.lose('aws_subnet', ({ attributes }) => attributes['cidr_block'] === '10.51.0.0/24')).toBe(1)
    await client.done('PUT', '/resources/vNet/lost/reconcile')
    const halved = await client.vnet('lost')
    expect([reasonOf(halved, 'Ready'), reasonOf(halved, 'ChildrenReady'), valueAt(listAt(halved.body, 'subnetInfoList')[0], 'status')]).toEqual(['Available', 'SubnetFailed', 'Failed'])
    expect(lab.lose('aws_vpc', ({ attributes }) => attributes['cidr_block'] === '10.51.0.0/16')).toBe(1)
    await client.done('PUT', '/resources/vNet/lost/reconcile')
    const lost = await client.vnet('lost')
    expect([valueAt(lost.body, 'status'), reasonOf(lost, 'Synced')]).toEqual(['Failed', 'CspResourceMissing'])
    const pruned = await client.done('POST', '/resources/vNet/reconcile/prune')
    expect(listAt(pruned, 'results').map((result) => valueAt(result, 'resourceId'))).toEqual(['lost'])
    expect((await client.vnet('lost')).status).toBe(404)
    expect(lab.stackFolders().filter((folder) => folder.includes(textAt(lost.body, 'uid')))).toEqual([])
  })

  it('leaves a vNet failed whose deletion failed, until somebody restores it', async () => {
    await client.makeVnet('kept', vnet(61))
    expect((await client.send('DELETE', '/resources/vNet/kept', { query: '?action=force' })).status).toBe(500)
    await client.done('PUT', '/resources/vNet/kept/reconcile')
    const failed = await client.vnet('kept')
    expect([valueAt(failed.body, 'status'), reasonOf(failed, 'Ready')]).toEqual(['Failed', 'DeletionFailed'])
    expect(textAt(failed.body, 'systemMessage')).toContain('the VPC is busy')
    await client.done('PUT', '/resources/vNet/kept/restore')
    const restored = await client.vnet('kept')
    expect([valueAt(restored.body, 'status'), valueAt(restored.body, 'systemMessage')]).toEqual(['Available', ''])
    expect((await client.send('PUT', '/resources/vNet/kept/restore')).status).toBe(400)
  })
})
