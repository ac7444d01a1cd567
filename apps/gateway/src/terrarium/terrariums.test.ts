import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt, valueAt, type Reply } from '../../test/lab/gateway-lab.fixture.ts'
import { messageOf, NetworkClient, patience } from '../testing/network-client.fixture.ts'

let lab: GatewayLab
let body: object
let other: object
let overlapping: object
let wishing: object
let owner: NetworkClient

beforeAll(async () => {
  lab = await GatewayLab.open({ runsAtATime: 6 })
  const client = await NetworkClient.open(lab, 'owner')
  owner = client
  const [aws, gcp, same, azure, second] = await Promise.all([
    client.makeVnet('aws', { connection: 'aws-ap-northeast-2', cidr: '10.1.0.0/16', subnets: { 'aws-01': '10.1.0.0/24' } }),
    client.makeVnet('gcp', { connection: 'gcp-asia-northeast3', cidr: '10.2.0.0/16', subnets: { 'gcp-01': '10.2.0.0/24' } }),
    client.makeVnet('same', { connection: 'gcp-asia-northeast1', cidr: '10.1.0.0/16', subnets: { 'same-01': '10.1.0.0/24' } }),
    client.makeVnet('azure', { connection: 'azure-koreacentral', cidr: '10.4.0.0/16', subnets: { 'azure-01': '10.4.0.0/24' } }),
    client.makeVnet('second', { connection: 'gcp-asia-northeast3', cidr: '10.3.0.0/16', subnets: { 'second-01': '10.3.0.0/24' } }),
  ])
  const end = { region: 'ap-northeast-2', vpc_id: textAt(aws.body, 'cspResourceId'), subnet_id: textAt(aws.body, 'subnetInfoList', 0, 'cspResourceId') }
  const bodyOf = (network: unknown, region = 'asia-northeast3') => ({ vpn_config: { aws: end, target_csp: { type: 'gcp', gcp: { region, vpc_network_name: network } } } })
  body = bodyOf(textAt(gcp.body, 'cspResourceName'))
  overlapping = bodyOf(textAt(same.body, 'cspResourceName'), 'asia-northeast1')
  const [, group = '', name = ''] = /resourceGroups\/([^/]+)\/.*\/([^/]+)$/.exec(textAt(azure.body, 'cspResourceId')) ?? []
  const blocks = ['169.254.30.0/30', '169.254.21.8/30', '169.254.21.12/30', '169.254.22.8/30', '169.254.22.12/30']
  wishing = { vpn_config: { aws: end, azure: { region: 'koreacentral', resource_group_name: group, virtual_network_name: name, gateway_subnet_cidr: '10.4.0.0/24', bgp_peering_cidrs: { to_aws: blocks, to_gcp: ['nonsense'] } } } }
  other = bodyOf(textAt(second.body, 'cspResourceName'))
})
afterAll(() => lab.close())

const tr = (path: string) => `/terrarium/tr/${path}`

/** Waits for a run that was answered at once, and must be done. */
async function ended({ status, body }: Reply): Promise<void> {
  expect(status, JSON.stringify(body)).toBe(202)
  const run = `/isthmus/v1/runs/${textAt(body, 'run')}`
  await lab.send('GET', `${run}/events`)
  expect(textAt((await lab.send('GET', run)).body, 'state')).toBe('done')
}

describe.concurrent('a terrarium', { timeout: patience }, () => {
  it('serves one purpose from its first word to its last', async () => {
    await lab.done('POST', '/terrarium/tr', { body: { name: 'steps' } })
    const actions = tr('steps/vpn/aws-to-site/actions')
    const early = await lab.send('POST', `${actions}/apply`)
    expect([early.status, valueAt(early.body, 'success'), messageOf(early)]).toEqual([409, false, expect.stringContaining('actions/init first')])
    await lab.done('POST', `${actions}/init`, { body })
    const elsewhere = await lab.send('POST', tr('steps/vpn/gcp-aws/env'))
    expect([elsewhere.status, messageOf(elsewhere)]).toEqual([409, 'the terrarium (steps) is already used for another purpose: vpn/aws-to-site'])
    expect(textAt(await lab.done('POST', `${actions}/plan`), 'details')).toContain('gcp: ')
    expect(valueAt(await lab.done('GET', `${actions}/output`), 'object')).toEqual({ terrarium_id: 'steps' })
    const [made, meanwhile] = await Promise.all([lab.send('POST', `${actions}/apply`), lab.send('POST', `${actions}/apply`)])
    expect([made.status, meanwhile.status].sort(), JSON.stringify([made.body, meanwhile.body])).toEqual([201, 409])
    const outputs = await Promise.all(Array.from({ length: 3 }, () => lab.done('GET', `${actions}/output`)))
    for (const output of outputs) {
      expect(listAt(output, 'object', 'aws', 'vpn_connections').length).toBe(2)
      expect(listAt(output, 'object', 'gcp', 'tunnels').length).toBe(4)
    }
    const raw = await lab.done('GET', `${actions}/output`, { query: '?detail=raw&refresh=false' })
    expect(JSON.stringify(raw)).not.toMatch(/"[a-z0-9_]*(?:preshared|shared_secret|psk)[a-z0-9_]*":"[^"]/)
    const replaced = await lab.send('POST', `${actions}/init`, { body: other })
    expect([replaced.status, messageOf(replaced)]).toEqual([409, expect.stringContaining('has a VPN between other networks')])
    expect((await lab.send('DELETE', `${actions}/emptyout`)).status).toBe(409)
    const full = await lab.send('DELETE', tr('steps'))
    expect([full.status, messageOf(full)]).toEqual([409, 'the terrarium (steps) still has a VPN; delete that first'])
    await lab.done('DELETE', `${actions}/destroy`)
    await lab.done('DELETE', `${actions}/emptyout`)
    await lab.done('POST', tr('steps/vpn/gcp-aws/env'))
    await lab.done('DELETE', tr('steps'))
    expect(lab.objects().filter(({ type }) => ['aws_vpn_gateway', 'google_compute_ha_vpn_gateway'].includes(type))).toEqual([])
    expect(lab.objects().filter(({ type }) => type === 'aws_vpc')).toHaveLength(1)
  })

  it('is planned as it would be made, and nothing of it stays', async () => {
    await lab.done('POST', '/terrarium/tr', { body: { name: 'planned' } })
    const actions = tr('planned/vpn/site-to-site/actions')
    await lab.done('POST', `${actions}/init`, { body: wishing })
    const planned = textAt(await lab.done('POST', `${actions}/plan`), 'details').split('\n')
    expect(planned).toEqual([expect.stringMatching(/^aws: vpc-/), expect.stringMatching(/^azure: .* in koreacentral$/), '4 tunnels, bgp routing', expect.stringMatching(/^the gateway of vNet azure is in 10\.4\.255\.224\/27 and not in "10\.4\.0\.0\/24": .* overlaps 10\.4\.0\.0\/24 \(.*\)\.$/), expect.stringMatching(/^vpn_config\.azure\.bgp_peering_cidrs\.to_aws\[0\]: "169\.254\.30\.0\/30" is not used: azure accepts inside addresses from /)])
    expect(valueAt(await lab.done('GET', `${actions}/output`), 'object')).toEqual({ terrarium_id: 'planned' })
    await lab.done('DELETE', `${actions}/emptyout`)
    await lab.done('DELETE', tr('planned'))
  })

  it.each([
    ['networks that overlap', () => overlapping, 400, /aws.*gcp|gcp.*aws/],
    ['a network that is not there', () => ({ vpn_config: { ...Object(Object(body)['vpn_config']), aws: { vpc_id: 'vpc-0aaaaaaaaaaaaaaaa', subnet_id: 'any' } } }), 400, /vpc-0aaaaaaaaaaaaaaaa/],
  ])('is refused for %s by plan and apply alike, and keeps nothing', async (name, wrong, status, said) => {
    const id = name.replaceAll(' ', '-')
    await lab.done('POST', '/terrarium/tr', { body: { name: id } })
    const actions = tr(`${id}/vpn/aws-to-site/actions`)
    await lab.done('POST', `${actions}/init`, { body: wrong() })
    const [planned, applied] = [await lab.send('POST', `${actions}/plan`), await lab.send('POST', `${actions}/apply`)]
    for (const refused of [planned, applied]) expect([refused.status, valueAt(refused.body, 'success'), messageOf(refused)]).toEqual([status, false, expect.stringMatching(said)])
    expect(messageOf(planned)).not.toMatch(/\btb[0-9a-v]{18}\b/)
    await lab.done('POST', `${actions}/init`, { body })
    await lab.done('DELETE', `${actions}/emptyout`)
    await lab.done('DELETE', tr(id))
  })

  it('that was refused is planned with other networks, and can be deleted at once', async () => {
    await lab.done('POST', '/terrarium/tr', { body: { name: 'corrected' } })
    const vpn = tr('corrected/vpn/aws-to-site')
    expect((await lab.send('POST', vpn, { body: overlapping })).status).toBe(400)
    await lab.done('POST', `${vpn}/actions/init`, { body: other })
    expect(textAt(await lab.done('POST', `${vpn}/actions/plan`), 'details')).toContain('4 tunnels')
    await lab.done('DELETE', tr('corrected'))
  })

  it('is for the credential holder who made it', async () => {
    const theirs = { headers: { 'x-credential-holder': 'alice' } }
    await lab.done('POST', '/terrarium/tr', { body: { name: 'mine' } })
    for (const [method, path, sent] of [['POST', 'actions/init', body], ['POST', 'actions/plan', {}], ['POST', 'actions/apply', {}], ['GET', 'actions/output', undefined], ['DELETE', 'actions/destroy', undefined], ['DELETE', 'actions/emptyout', undefined]] as const) {
      const refused = await lab.send(method, tr(`mine/vpn/aws-to-site/${path}`), { ...theirs, ...(sent === undefined ? {} : { body: sent }) })
      expect([refused.status, messageOf(refused)], path).toEqual([403, 'the terrarium (mine) belongs to another credential holder'])
    }
    const unknown = await lab.send('GET', tr('nobody/vpn/aws-to-site'))
    expect([unknown.status, messageOf(unknown)]).toEqual([403, expect.stringContaining('not found')])
    const made = await lab.send('POST', '/terrarium/tr', { ...theirs, body: { name: 'hers' } })
    expect([made.status, messageOf(made)]).toEqual([400, expect.stringMatching(/^x-credential-holder: there are no credentials of alice; use admin/)])
    const removed = await lab.send('DELETE', tr('mine'), theirs)
    expect([removed.status, valueAt(removed.body, 'success')]).toEqual([403, false])
    await lab.done('DELETE', tr('mine'))
  })

  it('is made once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => lab.send('POST', '/terrarium/tr', { body: { name: 'once' } })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect((await lab.send('GET', '/tumblebug/ns/terrarium%2Fonce')).status).toBe(404)
    expect((await lab.send('DELETE', '/tumblebug/ns/terrarium%2Fonce')).status).toBe(404)
  })

  it.each([
    ['a field that is missing', { vpn_config: { aws: { vpc_id: 'vpc-1' }, target_csp: { type: 'gcp', gcp: {} } } }, /aws\.subnet_id is missing/],
    ['ends of one cloud only', { vpn_config: { aws: { vpc_id: 'vpc-1', subnet_id: 's' }, target_csp: { type: 'azure', gcp: { vpc_network_name: 'x' } } } }, /target_csp\.azure\.region is missing/],
  ])('is not initialised with %s', async (name, wrong, said) => {
    const id = name.replaceAll(' ', '-')
    await lab.done('POST', '/terrarium/tr', { body: { name: id } })
    const refused = await lab.send('POST', tr(`${id}/vpn/aws-to-site/actions/init`), { body: wrong })
    expect([refused.status, valueAt(refused.body, 'success'), messageOf(refused)]).toEqual([400, false, expect.stringMatching(said)])
  })
})

describe('a terrarium', { timeout: patience }, () => {
  it('gives its tunnels the blocks that were asked for, and says which it does not give', async () => {
    await lab.done('POST', '/terrarium/tr', { body: { name: 'wishing' } })
    const made = textAt(await lab.done('POST', tr('wishing/vpn/site-to-site'), { body: wishing }), 'details').split('\n')
    expect(made).toEqual([
      expect.stringMatching(/^terrarium\.apply done /),
      expect.stringMatching(/^the gateway of vNet azure is in 10\.4\.255\.224\/27 and not in "10\.4\.0\.0\/24": /),
      expect.stringMatching(/^vpn_config\.azure\.bgp_peering_cidrs\.to_aws\[0\]: "169\.254\.30\.0\/30" is not used: /),
    ])
    const raw = JSON.stringify(listAt(await lab.done('GET', tr('wishing/vpn/site-to-site'), { query: '?detail=raw&refresh=false' }), 'list'))
    for (const block of ['169.254.21.8/30', '169.254.21.12/30', '169.254.22.8/30', '169.254.22.12/30']) expect(raw).toContain(block)
    await lab.done('DELETE', tr('wishing/vpn/site-to-site'))
    await lab.done('DELETE', tr('wishing'))
  })

  it('is made between the networks that it was first asked for, and has no purpose once it is removed, whoever waits', async () => {
    await lab.done('POST', '/terrarium/tr', { body: { name: 'async' } })
    const [vpn, headers] = [tr('async/vpn/aws-to-site'), { prefer: 'respond-async' }]
    const first = await lab.send('POST', vpn, { body, headers })
    for (const [method, path, sent] of [['POST', '', other], ['POST', '/actions/init', other], ['DELETE', '/actions/emptyout', undefined]] as const) {
      expect((await lab.send(method, `${vpn}${path}`, sent ? { body: sent } : {})).status, path).toBe(409)
    }
    await ended(first)
    await lab.done('POST', `${vpn}/actions/init`, { body })
    await ended(await lab.send('DELETE', vpn, { headers }))
    await lab.done('POST', tr('async/vpn/gcp-aws/env'))
    await lab.done('DELETE', tr('async'))
  })

  it('whose making failed is made by the same request sent again', async () => {
    await lab.done('POST', '/terrarium/tr', { body: { name: 'again' } })
    lab.fail({ type: 'google_compute_vpn_tunnel', op: 'create', match: { region: 'us-east1' }, message: 'no tunnel can be made' })
    const [aws, gcp] = await Promise.all([
      owner.makeVnet('aws2', { connection: 'aws-us-east-1', cidr: '10.11.0.0/16', subnets: { 'aws2-01': '10.11.0.0/24' } }),
      owner.makeVnet('gcp2', { connection: 'gcp-us-east1', cidr: '10.12.0.0/16', subnets: { 'gcp2-01': '10.12.0.0/24' } }),
    ])
    const sent = { vpn_config: { aws: { region: 'us-east-1', vpc_id: textAt(aws.body, 'cspResourceId'), subnet_id: 'any' }, target_csp: { type: 'gcp', gcp: { region: 'us-east1', vpc_network_name: textAt(gcp.body, 'cspResourceName') } } } }
    const failed = await lab.send('POST', tr('again/vpn/aws-to-site'), { body: sent })
    expect([failed.status, messageOf(failed)]).toEqual([500, expect.stringContaining('no tunnel can be made')])
    const made = await lab.send('POST', tr('again/vpn/aws-to-site'), { body: sent })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    await lab.done('DELETE', tr('again/vpn/aws-to-site'))
    await lab.done('DELETE', tr('again'))
    await owner.done('DELETE', '/resources/vNet', { query: '?match=2' })
  })
})
