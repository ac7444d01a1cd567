import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { dynamic, type Sample, sample } from './sample.fixture.ts'

type Make = (made: Sample) => unknown

const second = (change: Record<string, unknown> = {}, cidr = '10.1.1.0/28', zone = 2): Make => ({ make, subnet }) =>
  make('is_vpn_gateway', { name: 'second', subnet: subnet('second', cidr, zone)['id'], mode: 'route', ...change })

/** A gateway in a VPC of its own. */
function elsewhere({ make }: Sample, index: number, zone: number): Attributes {
  const place = { name: 'gw', vpc: make('is_vpc', { name: `net-${index}` })['id'], zone: `jp-tok-${zone}` }
  make('is_vpc_address_prefix', { ...place, cidr: '10.1.0.0/28' })
  return make('is_vpn_gateway', { name: 'gw', subnet: make('is_subnet', { ...place, ipv4_cidr_block: '10.1.0.0/28' })['id'], mode: 'route' })
}

describe('a VPN gateway', () => {
  it('computes two members with addresses', () => {
    const { gateway, vpc } = sample()
    expect(gateway).toMatchObject({
      private_ip_address: '10.1.255.4', private_ip_address2: '10.1.255.5', local_asn: 64606, status: 'available',
      members: [{ address: gateway['public_ip_address'], role: 'active' }, { address: gateway['public_ip_address2'] }], vpc: [{ id: vpc['id'], crn: vpc['crn'] }],
    })
    expect(gateway['public_ip_address']).not.toBe(gateway['public_ip_address2'])
  })

  it('has a number of its own where it is given none', () => {
    expect(second()(sample())).toMatchObject({ local_asn: 64520 })
  })

  it.each([0, 13884, 36351, 64512, 64513, 65100, 65200, 65234, 65402, 65433, 65500, 4201065000, 4201065999])('refuses the number %d', (asn) => {
    expect(refusalOf(() => second({ local_asn: asn })(sample())).path).toEqual(['local_asn'])
  })

  it.each([13883, 36352, 64511, 64514, 65101, 65199, 65235, 65401, 65434, 65499, 4201064999, 4201066000])('accepts the number %d', (asn) => {
    expect(() => second({ local_asn: asn })(sample())).not.toThrow()
  })

  it.each([
    ['a subnet that is too small', ({ make, vpc }) => {
      const place = { name: 'small', vpc: vpc['id'], zone: 'jp-tok-2' }
      make('is_vpc_address_prefix', { ...place, cidr: '10.1.1.0/28' })
      return make('is_vpn_gateway', { name: 'second', subnet: make('is_subnet', { ...place, ipv4_cidr_block: '10.1.1.0/29' })['id'], mode: 'route' })
    }, second(), 'too small'],
    ['a second one in a zone of its VPC', second({}, '10.1.1.0/28', 1), second(), 'in zone jp-tok-1 already'],
    ['a second one in a zone, but for one with policies', second({}, '10.1.1.0/28', 1), second({ mode: 'policy' }, '10.1.1.0/28', 1), 'in zone jp-tok-1 already'],
    ['an unknown mode', second({ mode: 'static' }), second({ mode: 'policy' }), 'one of [route policy]'],
    ['a subnet that is not there', ({ make }) => make('is_vpn_gateway', { name: 'second', subnet: 'none' }), second(), 'was not found'],
  ] satisfies [string, Make, Make, string][])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    expect(refusalOf(() => refused(sample())).detail).toContain(detail)
    expect(() => accepted(sample())).not.toThrow()
  })

  it('is one of three in a zone', () => {
    const made = sample()
    elsewhere(made, 1, 1)
    elsewhere(made, 2, 1)
    expect(refusalOf(() => elsewhere(made, 3, 1)).message).toContain('over_quota')
    for (const index of [4, 5, 6]) elsewhere(made, index, 2)
    expect(() => elsewhere(made, 7, 3)).not.toThrow()
  })
})

describe('a transit gateway', () => {
  const gre = '192.168.255.224/27'
  const joined = (made: Sample) => {
    const transit = made.make('tg_gateway', { name: 'transit', location: 'jp-tok', global: false })
    const attach = (name: string, change: Record<string, unknown> = {}): Record<string, unknown> => made.make('tg_connection', {
      name, gateway: transit['id'], network_type: 'vpn_gateway', network_id: made.gateway['crn'], cidr: gre, ...change,
    })
    return { transit, attach }
  }

  it('attaches a VPC and a VPN gateway, and stays while they are attached', () => {
    const made = sample()
    const { transit, attach } = joined(made)
    const vpc = attach('vpc', { network_type: 'vpc', network_id: made.vpc['crn'], cidr: null })
    expect(vpc).toMatchObject({ id: `${String(transit['id'])}/${String(vpc['connection_id'])}`, status: 'attached' })
    const vpn = attach('vpn')
    expect(refusalOf(() => made.cloud.remove('ibm_tg_gateway', transit)).message).toContain('gateway_in_use')
    expect(refusalOf(() => made.cloud.remove('ibm_is_vpn_gateway', made.gateway)).detail).toContain('is attached to transit gateway')
    for (const connection of [vpc, vpn]) made.cloud.remove('ibm_tg_connection', connection)
    expect(() => made.cloud.remove('ibm_tg_gateway', transit)).not.toThrow()
    expect(() => made.cloud.remove('ibm_is_vpn_gateway', made.gateway)).not.toThrow()
  })

  it('keeps the number of an attached gateway as it is', () => {
    const made = sample()
    made.cloud.update(made.gateway, 'ibm_is_vpn_gateway', { local_asn: 64607 })
    joined(made).attach('vpn')
    expect(refusalOf(() => made.cloud.update(made.gateway, 'ibm_is_vpn_gateway', { local_asn: 64608 })).message).toContain('vpn_gateway_attached')
    expect(() => made.cloud.update(made.gateway, 'ibm_is_vpn_gateway', { name: 'renamed' })).not.toThrow()
  })

  const attached = (change: Record<string, unknown>): Make => (made) => joined(made).attach('vpn', change)
  it.each([
    ['a block that is too small', attached({ cidr: '192.168.255.224/28' }), attached({ cidr: '192.168.255.192/26' }), '/27 or larger'],
    ['no block', attached({ cidr: null }), attached({}), '/27 or larger'],
    ['a block over a subnet', attached({ cidr: '10.1.255.0/27' }), attached({ cidr: '10.1.254.0/27' }), 'overlaps with VPN gateway subnets'],
    ['a block over tunnels', (made) => { made.connect('c', dynamic('10.7.0.1', '10.7.0.5')); return attached({ cidr: '10.7.0.0/24' })(made) }, attached({ cidr: '10.7.0.0/24' }), 'overlap with VPN gateway connection tunnel IPs'],
    ['a block over a peer', (made) => { made.connect('c', { peer: [{ address: '10.7.0.9' }] }); return attached({ cidr: '10.7.0.0/24' })(made) }, attached({ cidr: '10.7.0.0/24' }), 'overlaps with the VPN gateway peer address'],
    ['a gateway with policies', (made) => { const other = made.make('is_vpn_gateway', { name: 'p', subnet: made.gatewaySubnet['id'], mode: 'policy' }); return attached({ network_id: other['crn'] })(made) }, attached({}), 'Invalid VPN gateway connection mode'],
    ['a network that is not there', attached({ network_id: 'crn:v1:none' }), attached({}), 'No network has the CRN'],
    ['a VPC of another region', (made) => made.make('tg_connection', { name: 'v', gateway: made.make('tg_gateway', { name: 'far', location: 'eu-de', global: false })['id'], network_type: 'vpc', network_id: made.vpc['crn'] }),
      (made) => made.make('tg_connection', { name: 'v', gateway: made.make('tg_gateway', { name: 'far', location: 'eu-de', global: true })['id'], network_type: 'vpc', network_id: made.vpc['crn'] }), 'is local to eu-de'],
    ['an unknown kind of network', attached({ network_type: 'vpn' }), attached({}), 'one of [classic'],
  ] satisfies [string, Make, Make, string][])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    expect(refusalOf(() => refused(sample())).detail).toContain(detail)
    expect(() => accepted(sample())).not.toThrow()
  })

  it('attaches each network once', () => {
    const made = sample()
    const { attach } = joined(made)
    attach('vpn')
    attach('vpc', { network_type: 'vpc', network_id: made.vpc['crn'] })
    expect(refusalOf(() => attach('vpn-2', { cidr: '192.168.254.0/27' })).detail).toContain('is attached to transit gateway')
    expect(refusalOf(() => attach('vpc-2', { network_type: 'vpc', network_id: made.vpc['crn'] })).detail).toContain('already')
  })

  it('attaches two VPN gateways of a zone, and four in all', () => {
    const made = sample()
    const { attach } = joined(made)
    const next = (index: number, zone: number): unknown => attach(`vpn-${index}`, { network_id: elsewhere(made, index, zone)['crn'], cidr: `192.168.${index}.0/24` })
    attach('vpn')
    next(1, 1)
    expect(refusalOf(() => next(2, 1)).message).toContain('over_quota')
    next(3, 2)
    next(4, 3)
    expect(refusalOf(() => next(5, 3)).message).toContain('over_quota')
  })

  it('keeps the blocks of its attachments apart', () => {
    const made = sample()
    const { attach } = joined(made)
    const other = second()(made)
    const network_id = (typeof other === 'object' && other !== null && 'crn' in other ? other.crn : undefined)
    attach('vpn')
    expect(refusalOf(() => attach('vpn-2', { network_id, cidr: '192.168.255.0/24' })).detail).toContain('overlaps that of connection')
    expect(() => attach('vpn-2', { network_id, cidr: '192.168.254.0/24' })).not.toThrow()
  })

  it('is one of five in a region', () => {
    const { make } = sample()
    for (let count = 0; count < 5; count += 1) make('tg_gateway', { name: `tg-${count}`, location: 'jp-tok' })
    expect(refusalOf(() => make('tg_gateway', { name: 'tg-5', location: 'jp-tok' })).message).toContain('over_quota')
  })
})
