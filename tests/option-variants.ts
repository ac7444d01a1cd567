import { cloudSite } from './cloud-pairs.ts'

/** Ways to write a site of one cloud beyond its defaults: the fields of the order's site, without cloud, region and block. */
export const optionVariants: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  alibaba: {
    'another bandwidth and tags': { bandwidth: 1000, tags: { team: 'network' } },
    'two address blocks': { cidrs: ['10.1.0.0/16', '10.101.0.0/16'] },
    'an existing network': { existing: { vpcId: 'vpc-0xi1', vswitchIds: ['vsw-0xi1', 'vsw-0xi2'], routeTableIds: ['vtb-0xi1', 'vtb-0xi2'] } },
  },
  aws: {
    'a transit gateway': { gateway: 'tgw', tags: { team: 'network' } },
    'an existing network': { existing: { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1', 'rtb-0a2'] } },
    'an existing virtual private gateway': { asn: 64_512, existing: { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1'], vpnGatewayId: 'vgw-0a1' } },
    'a transit gateway for an existing network': { gateway: 'tgw', existing: { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1'], subnetIds: ['subnet-0a1', 'subnet-0a2'] } },
    'an existing transit gateway': { gateway: 'tgw', asn: 64_512, existing: { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1'], transitGatewayId: 'tgw-0a1', transitGatewayRouteTableId: 'tgw-rtb-0a1' } },
  },
  azure: {
    ...Object.fromEntries(['VpnGw1AZ', 'VpnGw2AZ', 'VpnGw3AZ', 'VpnGw4AZ', 'VpnGw5AZ'].map((sku) => [`size ${sku}`, { sku }])),
    'an existing resource group, few inside addresses and tags': { resourceGroup: 'rg-network', apipaPoolSize: 2, tags: { team: 'network' } },
    'an existing network': {
      existing: {
        resourceGroup: 'rg-network', virtualNetwork: 'vnet-1', virtualNetworkId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-1',
        gatewaySubnetId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-1/subnets/GatewaySubnet',
      },
    },
  },
  gcp: {
    'a project': { project: 'network-project' },
    'an existing network': { existing: { network: 'projects/network-project/global/networks/main', subnetworks: ['one', 'two'] } },
  },
  ibm: {
    'a resource group and tags': { resourceGroup: 'r1', tags: ['team:network'] },
    'an existing transit gateway, attached later': { transitGateway: 'tg-1', transitCidr: '192.168.255.224/27', attachGateway: false },
    'an existing network': { zones: ['jp-tok-1', 'jp-tok-2'], existing: { vpc: 'r010-1', vpcCrn: 'crn:v1:bluemix:public:is:jp-tok:a/1::vpc:r010-1', routingTable: 'r010-2', gatewaySubnet: '02e7-3' } },
  },
  tencent: {
    'another bandwidth, the algorithms of the API and tags': { bandwidth: 1000, apiCiphers: true, tags: { team: 'network' } },
    'a bandwidth without BGP': { bandwidth: 50 },
    'two address blocks': { cidrs: ['10.1.0.0/16', '10.101.0.0/16'] },
    'an existing network': { existing: { vpcId: 'vpc-1a2b3c4d', routeTableIds: ['rtb-1a2b3c4d', 'rtb-2a2b3c4d'] } },
    'an existing network with its default route table': { existing: { vpcId: 'vpc-1a2b3c4d' } },
  },
}

/** A site of a cloud in one of its variants. */
export function variantSite(cloud: string, variant: object): object {
  const { cidr, ...place } = cloudSite(cloud, 1)
  return { ...place, ...('cidrs' in variant ? {} : { cidr }), ...variant }
}
