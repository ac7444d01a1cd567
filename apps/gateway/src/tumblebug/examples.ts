import { defaultHolder, type CloudCatalogue } from '../cloud/catalogue.ts'
import type { Examples } from '../http/operation.ts'

/** A story from two networks to the VPN between them, in two clouds of those that are loaded. Every body can be sent as it is, but those that name what a cloud holds already. */
export function tumblebugExamples(clouds: CloudCatalogue): Examples {
  const [first, second] = clouds.oneOfEach()
  if (!first || !second) return { bodies: {}, parameters: {} }
  const network = (name: string, connectionName: string, block: number) => ({ name, connectionName, cidrBlock: `10.${block}.0.0/16`, subnetInfoList: [{ name: `${name}-01`, ipv4_CIDR: `10.${block}.1.0/24` }] })
  const held = { connectionName: first.name, cspResourceId: 'id-in-its-cloud' }
  const template = { name: 'two-subnets', vNetReq: { ...network('any', second.name, 5), subnetInfoList: [1, 2].map((n) => ({ name: `any-0${n}`, ipv4_CIDR: `10.5.${n}.0/24` })) } }
  const nodes = { name: 'nodes', nodeGroups: [first, second].map(({ cloud, region }, index) => ({ name: `group-${index + 1}`, specId: `${cloud}+${region}+small`, imageId: 'any', nodeGroupSize: 1 })) }
  return {
    bodies: {
      createNs: { namespace: { name: 'example', description: 'a namespace of its own' } },
      updateNs: { description: { name: 'default', description: 'where examples live' } },
      createVnet: { east: network('east', first.name, 3), west: network('west', second.name, 4) },
      createSubnet: { subnet: { name: 'east-02', ipv4_CIDR: '10.3.2.0/24' } },
      registerVnet: { network: { name: 'registered', ...held } },
      registerSubnet: { subnet: { name: 'registered-01', ...held } },
      createVpn: { link: { name: 'link', site1: { vNetId: 'east' }, site2: { vNetId: 'west' } } },
      checkVpnHealth: { defaults: {} },
      createVnetTemplate: { template },
      updateVnetTemplate: { template: { ...template, description: 'two subnets in one block' } },
      applyVnetTemplate: { network: { name: 'from-template' } },
      createInfra: { nodes },
      createMci: { nodes: { ...nodes, name: 'older-nodes' } },
      designNet: { rules: { cidrBlock: '10.0.0.0/16', subnettingRules: [{ type: 'minSubnets', value: 4 }, { type: 'minHosts', value: 500 }] } },
      validateNet: { network: { networkConfiguration: { name: 'all', cidrBlock: '10.0.0.0/16', subnets: [{ name: 'one', cidrBlock: '10.0.0.0/24' }, { name: 'two', cidrBlock: '10.0.1.0/24' }] } } },
      designVnet: { networks: { desiredPrivateNetwork: '10.0.0.0/8', supernettingEnabled: 'true', mcNetConfigurations: [first, second].map(({ cloud, region }) => ({ csp: cloud, regions: [{ name: region, vNets: [{ subnetCount: 2, hostsPerSubnet: 200 }] }] })) } },
      setConfig: { text: { name: 'note', value: 'kept under a name' } },
    },
    parameters: {
      nsId: 'default', vNetId: 'east', subnetId: 'east-02', vpnId: 'link', infraId: 'nodes', templateId: 'two-subnets', configId: 'note', resourceType: 'vNet', resourceId: 'east',
      connConfigName: first.name, holderId: defaultHolder, providerName: first.cloud, regionName: first.region,
    },
  }
}
