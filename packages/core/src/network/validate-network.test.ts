import { describe, expect, it, test } from 'vitest'
import { Cidr } from '../address/cidr.ts'
import type { Finding } from '../finding/finding.ts'
import type { Subnet } from '../provider/site.ts'
import { sampleFacts, type SampleRules } from './network-facts.fixture.ts'
import type { NetworkInput } from './network-input.ts'
import { validateNetwork } from './validate-network.ts'

const gatewayCloud: SampleRules = { network: { min: 8, max: 29 }, subnet: { min: 8, max: 29 }, gatewaySubnet: { name: 'GatewaySubnet', maxPrefix: 27 } }

function workload(cidr: string, name = 'apps', zone?: string): Subnet {
  return { name, cidr: Cidr.of(cidr), ...(zone === undefined ? {} : { zone }), purpose: 'workload' }
}

function gateway(cidr: string, name = 'GatewaySubnet'): Subnet {
  return { name, cidr: Cidr.of(cidr), purpose: 'gateway' }
}

function network(rules: SampleRules, cidrs: string[], subnets: Subnet[], more: Partial<NetworkInput> = {}): NetworkInput {
  return {
    path: 'sites.x',
    facts: sampleFacts(rules),
    region: 'north-1',
    cidrs: cidrs.map((text) => Cidr.of(text)),
    subnets,
    needsGatewaySubnet: rules.gatewaySubnet !== undefined,
    cloudTitle: 'Acme Cloud',
    ...more,
  }
}

/** Code, path and proposed value of each finding. */
function summary(findings: readonly Finding[]): unknown[][] {
  return findings.map(({ code, path, facts }) => (facts?.['proposed'] === undefined ? [code, path] : [code, path, facts['proposed']]))
}

const block = 'sites.x.cidr'
const subnet = (index: number, field = 'cidr') => `sites.x.subnets[${index}].${field}`

const cases: [behaviour: string, input: NetworkInput, expected: unknown[][]][] = [
  ['accepts a network that follows every rule', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', 'north-1a'), workload('10.0.1.0/24', 'b', 'north-1b')]), []],
  ['accepts a subnet that is its whole network', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/16')]), []],
  ['refuses public address space', network({}, ['8.8.8.0/24'], [workload('8.8.8.0/25')]), [['CIDR_OUT_OF_RANGE', block, '10.0.0.0/24']]],
  ['refuses a block that contains an allowed range', network({ network: { min: 4, max: 28 } }, ['10.0.0.0/7'], [workload('10.0.0.0/24')]), [['CIDR_OUT_OF_RANGE', block, '10.0.0.0/8']]],
  ['refuses IPv6 where only IPv4 is allowed', network({}, ['fd00::/56'], [workload('fd00::/64')]), [['CIDR_OUT_OF_RANGE', block, '10.0.0.0/16']]],
  ['refuses a network inside a reserved block', network({}, ['172.17.128.0/17'], [workload('172.17.128.0/24')]), [['CIDR_RESERVED', block, '10.0.0.0/17']]],
  ['refuses a network that contains a reserved block', network({ network: { min: 12, max: 28 } }, ['172.16.0.0/14'], [workload('172.16.0.0/24')]), [['CIDR_RESERVED', block, '10.0.0.0/14']]],
  ['refuses a network that is too large and proposes its first part', network({}, ['10.0.0.0/8'], [workload('10.0.0.0/24')]), [['PREFIX_LENGTH', block, '10.0.0.0/16']]],
  ['refuses a network that is too small and proposes what it lies in', network({ subnet: { min: 16, max: 29 } }, ['10.0.0.24/29'], [workload('10.0.0.24/29')]), [['PREFIX_LENGTH', block, '10.0.0.16/28']]],
  ['names the block at fault among several', network({}, ['10.0.0.0/16', '8.0.0.0/16'], [workload('10.0.0.0/24')]), [['CIDR_OUT_OF_RANGE', 'sites.x.cidrs[1]', '10.1.0.0/16']]],
  ['gives one proposal for two problems of a block', network({}, ['8.0.0.0/8'], [workload('8.0.0.0/24')]), [['CIDR_OUT_OF_RANGE', block, '10.0.0.0/16'], ['PREFIX_LENGTH', block, '10.0.0.0/16']]],

  ['asks for a subnet', network({}, ['10.0.0.0/16'], []), [['SUBNET_MISSING', 'sites.x.subnets', '10.0.0.0/18']]],
  ['does not take the gateway subnet for a workload subnet', network(gatewayCloud, ['10.0.0.0/16'], [gateway('10.0.0.0/27')]), [['SUBNET_MISSING', 'sites.x.subnets', '10.0.64.0/18']]],
  ['refuses a subnet larger than its network although both start alike', network({}, ['10.0.0.0/17'], [workload('10.0.0.0/16')]), [['SUBNET_OUTSIDE', subnet(0), '10.0.0.0/17']]],
  ['refuses a subnet beside its network', network({}, ['10.0.0.0/16'], [workload('10.1.0.0/24')]), [['SUBNET_OUTSIDE', subnet(0), '10.0.0.0/24']]],
  ['accepts a subnet in any block of the network', network({}, ['10.0.0.0/16', '10.9.0.0/16'], [workload('10.9.0.0/24')]), []],
  ['refuses a subnet across two blocks', network({}, ['10.0.0.0/17', '10.0.128.0/17'], [workload('10.0.0.0/16')]), [['SUBNET_OUTSIDE', subnet(0), '10.0.0.0/17']]],
  ['refuses a subnet that is too large for the cloud', network({ network: { min: 8, max: 28 } }, ['10.0.0.0/8'], [workload('10.0.0.0/12')]), [['PREFIX_LENGTH', subnet(0), '10.0.0.0/16']]],
  ['refuses a subnet that is too small for the cloud', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/29')]), [['PREFIX_LENGTH', subnet(0), '10.0.0.0/28']]],
  ['refuses a subnet whose every address the cloud keeps', network({ subnet: { min: 16, max: 30 } }, ['10.0.0.0/16'], [workload('10.0.0.0/30')]), [['PREFIX_LENGTH', subnet(0), '10.0.0.0/29']]],
  ['finds overlaps of subnets that are not neighbours', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/20', 'a'), workload('10.0.64.0/20', 'b'), workload('10.0.8.0/24', 'c')]), [['SUBNET_OVERLAP', subnet(2), '10.0.16.0/24']]],
  ['finds equal subnets', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a'), workload('10.0.0.0/24', 'b')]), [['SUBNET_OVERLAP', subnet(1), '10.0.1.0/24']]],
  ['proposes different blocks to different subnets', network({}, ['10.0.0.0/16'], ['a', 'b', 'c'].map((name) => workload('10.0.0.0/24', name))), [['SUBNET_OVERLAP', subnet(1), '10.0.1.0/24'], ['SUBNET_OVERLAP', subnet(2), '10.0.2.0/24']]],
  ['proposes a smaller block where none of the size is left', network({}, ['10.0.0.0/24'], [workload('10.0.0.0/25', 'a'), workload('10.0.0.0/24', 'b')]), [['SUBNET_OVERLAP', subnet(1), '10.0.0.128/25']]],
  ['finds names used twice and proposes free ones', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a'), workload('10.0.1.0/24', 'a'), workload('10.0.2.0/24', 'a-2'), workload('10.0.3.0/24', 'a')]), [['SUBNET_DUPLICATE_NAME', subnet(1, 'name'), 'a-3'], ['SUBNET_DUPLICATE_NAME', subnet(3, 'name'), 'a-4']]],

  ['checks the ranges of subnets where the network has no addresses', network({ hasCidr: false }, ['172.16.0.0/12'], [workload('172.17.0.0/24')]), [['CIDR_RESERVED', subnet(0), '172.16.0.0/24']]],
  ['keeps subnets inside the site where the network has no addresses', network({ hasCidr: false }, ['10.0.0.0/8'], [workload('10.9.0.0/24'), workload('192.168.0.0/24', 'b')]), [['SUBNET_OUTSIDE', subnet(1), '10.0.0.0/24']]],
  ['checks siblings where the network has no addresses', network({ hasCidr: false }, ['10.0.0.0/8'], [workload('10.9.0.0/24', 'a'), workload('10.9.0.0/25', 'b')]), [['SUBNET_OVERLAP', subnet(1), '10.0.0.0/25']]],

  ['proposes the lowest aligned gateway subnet between others', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/26', 'a'), workload('10.0.0.80/28', 'b'), workload('10.0.0.128/25', 'c')]), [['GATEWAY_SUBNET_MISSING', 'sites.x.subnets', '10.0.0.96/27']]],
  ['finds a gateway subnet in the wrong case', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24'), workload('10.0.1.0/27', 'gatewaysubnet')]), [['GATEWAY_SUBNET_NAME', subnet(1, 'name'), 'GatewaySubnet']]],
  ['finds a gateway subnet with a name of its own', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24'), gateway('10.0.1.0/27', 'vpn')]), [['GATEWAY_SUBNET_NAME', subnet(1, 'name'), 'GatewaySubnet']]],
  ['finds workloads in the gateway subnet', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24'), workload('10.0.1.0/27', 'GatewaySubnet')]), [['GATEWAY_SUBNET_NAME', subnet(1, 'purpose')]]],
  ['does not take a subnet meant for the gateway for a workload subnet', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/27', 'gatewaysubnet')]), [['SUBNET_MISSING', 'sites.x.subnets', '10.0.64.0/18'], ['GATEWAY_SUBNET_NAME', subnet(0, 'name'), 'GatewaySubnet']]],
  ['finds a second gateway subnet', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24'), gateway('10.0.1.0/28', 'vpn'), gateway('10.0.2.0/27')]), [['GATEWAY_SUBNET_NAME', 'sites.x.subnets[1]']]],
  ['finds a second gateway subnet of the same name', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24'), gateway('10.0.1.0/27'), gateway('10.0.2.0/27')]), [['GATEWAY_SUBNET_NAME', 'sites.x.subnets[2]']]],
  ['finds a gateway subnet that is too small', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24'), gateway('10.0.1.0/28')]), [['GATEWAY_SUBNET_TOO_SMALL', subnet(1), '10.0.1.0/27']]],
  ['accepts a gateway subnet that the user placed', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24'), gateway('10.0.9.0/26')]), []],
  ['asks for no gateway subnet where no gateway will be', network(gatewayCloud, ['10.0.0.0/16'], [workload('10.0.0.0/24')], { needsGatewaySubnet: false }), []],
  ['accepts any name where the cloud does not care', network({ gatewaySubnet: { maxPrefix: 28 } }, ['10.0.0.0/16'], [workload('10.0.0.0/24'), gateway('10.0.1.0/28', 'vpn')]), []],

  ['proposes the nearest spelling of a region', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24')], { region: 'North_1' }), [['REGION_UNKNOWN', 'sites.x.region', 'north-1']]],
  ['takes a region for unknown that is only named like an object member', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24')], { region: 'constructor' }), [['REGION_UNKNOWN', 'sites.x.region']]],
  ['does not take a longer name for its beginning', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', 'north-2a')], { region: 'north-2' }), []],
  ['refuses zones of another region', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', 'north-2a')], { zones: ['north-1a', 'north-2b'] }), [['ZONE_UNKNOWN', 'sites.x.zones[1]', 'north-1b'], ['ZONE_UNKNOWN', subnet(0, 'zone'), 'north-1a']]],
  ['refuses a zone in a region without any', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', '1')], { region: 'flatland' }), [['ZONE_UNKNOWN', subnet(0, 'zone')]]],
  ['checks subnets of an unknown region against the zones given by hand', network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', 'south-9b')], { region: 'south-9', zones: ['south-9a'] }), [['REGION_UNKNOWN', 'sites.x.region'], ['ZONE_UNKNOWN', subnet(0, 'zone'), 'south-9a']]],
  ['takes any region where whoever runs the cloud names them', network({ regionsNamedByOperator: true }, ['10.0.0.0/16'], [workload('10.0.0.0/24')], { region: 'cellar' }), []],
  ['takes zones of that region as the order gives them', network({ regionsNamedByOperator: true }, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', 'rack-1')], { region: 'cellar', zones: ['rack-1'] }), []],
  ['takes other zones of a region that has the name of a known one', network({ regionsNamedByOperator: true }, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', 'rack-1')], { region: 'north-1', zones: ['rack-1'] }), []],
  ['keeps subnets to the zones of their network there', network({ regionsNamedByOperator: true }, ['10.0.0.0/16'], [workload('10.0.0.0/24', 'a', 'rack-2')], { region: 'cellar', zones: ['rack-1'] }), [['ZONE_UNKNOWN', subnet(0, 'zone'), 'rack-1']]],

  ['reports all problems at once', network(gatewayCloud, ['8.0.0.0/16'], [workload('10.0.0.0/30', 'a'), workload('10.0.0.0/30', 'a')], { region: 'nowhere' }), [
    ['REGION_UNKNOWN', 'sites.x.region'],
    ['CIDR_OUT_OF_RANGE', block, '10.0.0.0/16'],
    ['SUBNET_DUPLICATE_NAME', subnet(1, 'name'), 'a-2'],
    ['PREFIX_LENGTH', subnet(0)], ['SUBNET_OUTSIDE', subnet(0)],
    ['PREFIX_LENGTH', subnet(1)], ['SUBNET_OUTSIDE', subnet(1)], ['SUBNET_OVERLAP', subnet(1)],
    ['GATEWAY_SUBNET_MISSING', 'sites.x.subnets'],
  ]],
]

describe('validateNetwork', () => {
  test.each(cases)('%s', (_, input, expected) => {
    const findings = validateNetwork(input)
    expect(summary(findings)).toEqual(expected)
    for (const { title, hint, facts } of findings) {
      expect(`${title} ${hint}`).not.toMatch(/undefined|NaN|\[object|\.\./)
      if (facts?.['proposed'] !== undefined) expect(hint).toContain(facts['proposed'])
    }
  })

  it('only warns of an unknown region whose zones are given by hand', () => {
    const severities = [undefined, ['south-9a']].map((zones) => (
      validateNetwork(network({}, ['10.0.0.0/16'], [workload('10.0.0.0/24')], { region: 'south-9', zones })).map((item) => item.severity)
    ))
    expect(severities).toEqual([['error'], ['warning']])
  })

  it('only warns of a block that nobody has seen the cloud refuse', () => {
    const facts = sampleFacts()
    const unsure = { ...facts, vnet: { ...facts.vnet, reserved: { ...facts.vnet.reserved, unverified: true as const } } }
    const findings = validateNetwork(network({}, ['172.17.0.0/16'], [workload('172.17.0.0/24')], { facts: unsure }))
    expect(findings.map((item) => [item.code, item.severity])).toEqual([['CIDR_RESERVED', 'warning']])
  })

  it('says what is left where nothing of the size is free', () => {
    const [finding] = validateNetwork(network({ ...gatewayCloud }, ['10.0.0.0/26'], [workload('10.0.0.0/27', 'a'), workload('10.0.0.32/28', 'b')]))
    expect(finding?.code).toBe('GATEWAY_SUBNET_MISSING')
    expect(finding?.hint).toContain('10.0.0.48/28')
  })

  it('says the same of each of thousands of equal subnets, not of each two', () => {
    const subnets = Array.from({ length: 5000 }, () => workload('10.0.0.0/24'))
    expect(validateNetwork(network({}, ['10.0.0.0/16'], subnets))).toHaveLength(2 * 4999)
  })
})
