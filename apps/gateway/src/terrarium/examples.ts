import type { Examples } from '../http/operation.ts'

const aws = { region: 'ap-northeast-2', vpc_id: 'vpc-id', subnet_id: 'subnet-id' }
const gcp = { region: 'asia-northeast3', vpc_network_name: 'network-name' }
const awsToSite = { networks: { vpn_config: { aws, target_csp: { type: 'gcp', gcp } } } }
const siteToSite = { networks: { vpn_config: { aws, gcp } } }
const ofGcp = { 'gcp-region': 'asia-northeast3', 'gcp-vpc-network-name': 'network-name' }

/** Networks are those that clouds hold already, so their ids have to be put in. */
export const terrariumExamples: Examples = {
  bodies: {
    createTerrarium: { terrarium: { name: 'mine', description: 'of the page' } },
    awsToSiteCreate: awsToSite,
    awsToSiteInit: awsToSite,
    siteToSiteCreate: siteToSite,
    siteToSiteInit: siteToSite,
    vpnGcpAwsInfracode: { variables: { tfVars: { ...ofGcp, 'aws-region': 'ap-northeast-2', 'aws-vpc-id': 'vpc-id', 'aws-subnet-id': 'subnet-id' } } },
    vpnGcpAzureInfracode: { variables: { tfVars: { ...ofGcp, 'azure-region': 'koreacentral', 'azure-resource-group-name': 'group-name', 'azure-virtual-network-name': 'network-name', 'azure-gateway-subnet-cidr-block': '10.2.255.0/27' } } },
  },
  parameters: { trId: 'mine' },
}
