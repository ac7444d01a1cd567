import { textAt, type GatewayLab } from '../../lab/gateway-lab.fixture.ts'
import type { Recorder } from '../recorder.fixture.ts'
import { begin, vnetBody } from './vnets.fixture.ts'

/** A network that a cloud holds, with the ids that mc-terrarium asks for. */
interface Held {
  readonly network: string
  readonly name: string
  readonly subnet: string
}

/** Networks of a story's own: no cloud lets two VPN gateways have one of them. */
class Networks {
  readonly #lab: GatewayLab
  readonly #nsId: string
  #count = 0

  private constructor(lab: GatewayLab, nsId: string) {
    this.#lab = lab
    this.#nsId = nsId
  }

  static async begin(recorder: Recorder, lab: GatewayLab, nsId: string): Promise<Networks> {
    await begin(recorder, nsId)
    return new Networks(lab, nsId)
  }

  async make(connection: string): Promise<Held> {
    this.#count += 1
    const index = this.#count
    // Some clouds give their gateway a subnet to itself, and the others must be left one.
    const subnetInfoList = [0, 1].map((n) => ({ name: `net${index}-${n}`, ipv4_CIDR: `10.${index}.${n}.0/24` }))
    const made = await this.#lab.done('POST', `/tumblebug/ns/${this.#nsId}/resources/vNet`, { body: { ...vnetBody(`net${index}`, connection, `10.${index}.0.0/16`), subnetInfoList } })
    return { network: textAt(made, 'cspResourceId'), name: textAt(made, 'cspResourceName'), subnet: textAt(made, 'subnetInfoList', 0, 'cspResourceId') }
  }

  async end(): Promise<void> {
    await this.#lab.done('DELETE', `/tumblebug/ns/${this.#nsId}/resources/vNet`)
  }
}

const one = '/terrarium/tr/{trId}'

/** Readiness, and terrariums by themselves. */
export async function keepTerrariums(recorder: Recorder): Promise<void> {
  for (const operation of ['GET /terrarium/readyz', 'GET /terrarium/httpVersion', 'GET /terrarium/tofuVersion']) await recorder.call(operation)
  await recorder.call('POST /terrarium/tr', {}, { body: { name: 'tr01', description: 'of the contract' } })
  await recorder.call('GET /terrarium/tr')
  await recorder.call(`GET ${one}`, { trId: 'tr01' })
  await recorder.call(`DELETE ${one}`, { trId: 'tr01' })
}

/** A VPN at once, and then step by step. */
async function bothWays(recorder: Recorder, trId: string, purpose: string, body: object): Promise<void> {
  const path = `${one}/vpn/${purpose}`
  await recorder.call('POST /terrarium/tr', {}, { body: { name: trId } })
  await recorder.call(`POST ${path}`, { trId }, { body })
  for (const query of ['?detail=refined', '?detail=raw&refresh=false']) await recorder.call(`GET ${path}`, { trId }, { query })
  await recorder.call(`DELETE ${path}`, { trId })
  await recorder.call(`POST ${path}/actions/init`, { trId }, { body })
  await recorder.call(`POST ${path}/actions/plan`, { trId })
  await recorder.call(`POST ${path}/actions/apply`, { trId })
  for (const query of ['?detail=refined', '?detail=raw']) await recorder.call(`GET ${path}/actions/output`, { trId }, { query })
  await recorder.call(`DELETE ${path}/actions/destroy`, { trId })
  await recorder.call(`DELETE ${path}/actions/emptyout`, { trId })
  await recorder.call(`DELETE ${one}`, { trId })
}

export async function linkAwsToSite(recorder: Recorder, lab: GatewayLab): Promise<void> {
  const networks = await Networks.begin(recorder, lab, 'awstosite')
  const [aws, gcp] = [await networks.make('aws-us-east-1'), await networks.make('gcp-us-east1')]
  await bothWays(recorder, 'tr-aws', 'aws-to-site', { vpn_config: { terrarium_id: 'tr-aws', aws: { region: 'us-east-1', vpc_id: aws.network, subnet_id: aws.subnet, bgp_asn: '64512' }, target_csp: { type: 'gcp', gcp: { region: 'us-east1', vpc_network_name: gcp.name, bgp_asn: '65530' } } } })
  await networks.end()
}

export async function linkSiteToSite(recorder: Recorder, lab: GatewayLab): Promise<void> {
  const networks = await Networks.begin(recorder, lab, 'sitetosite')
  const [ibm, tencent] = [await networks.make('ibm-us-south'), await networks.make('tencent-ap-seoul')]
  await bothWays(recorder, 'tr-any', 'site-to-site', { vpn_config: { terrarium_id: 'tr-any', ibm: { region: 'us-south', vpc_id: ibm.network, vpc_cidr: '10.1.0.0/16', subnet_id: ibm.subnet }, tencent: { region: 'ap-seoul', vpc_id: tencent.network, subnet_id: tencent.subnet } } })
  await networks.end()
}

/** A VPN as the oldest generation makes it: environment, variables, plan, and then the VPN. */
async function stepByStep(recorder: Recorder, trId: string, purpose: string, tfVars: object): Promise<void> {
  const path = `${one}/vpn/${purpose}`
  await recorder.call('POST /terrarium/tr', {}, { body: { name: trId } })
  await recorder.call(`POST ${path}/env`, { trId })
  await recorder.call(`POST ${path}/infracode`, { trId }, { body: { tfVars } })
  await recorder.call(`POST ${path}/plan`, { trId })
  const made = await recorder.call(`POST ${path}`, { trId })
  const requestId = /run (\S+)/.exec(textAt(made, 'details'))?.[1] ?? ''
  await recorder.call(`GET ${path}/request/{requestId}`, { trId, requestId })
  await recorder.call(`GET ${path}`, { trId })
  await recorder.call(`DELETE ${path}`, { trId })
  await recorder.call(`DELETE ${path}/env`, { trId })
  await recorder.call(`DELETE ${one}`, { trId })
}

export async function linkGcpAndAws(recorder: Recorder, lab: GatewayLab): Promise<void> {
  const networks = await Networks.begin(recorder, lab, 'gcpaws')
  const [gcp, aws] = [await networks.make('gcp-europe-west1'), await networks.make('aws-eu-central-1')]
  await stepByStep(recorder, 'tr-gcp-aws', 'gcp-aws', { 'terrarium-id': 'tr-gcp-aws', 'aws-region': 'eu-central-1', 'aws-vpc-id': aws.network, 'aws-subnet-id': aws.subnet, 'gcp-region': 'europe-west1', 'gcp-vpc-network-name': gcp.name })
  await networks.end()
}

export async function linkGcpAndAzure(recorder: Recorder, lab: GatewayLab): Promise<void> {
  const networks = await Networks.begin(recorder, lab, 'gcpazure')
  const [gcp, azure] = [await networks.make('gcp-asia-east1'), await networks.make('azure-koreacentral')]
  const group = /resourceGroups\/([^/]+)/.exec(azure.network)?.[1] ?? ''
  await stepByStep(recorder, 'tr-gcp-azure', 'gcp-azure', { 'terrarium-id': 'tr-gcp-azure', 'azure-region': 'koreacentral', 'azure-resource-group-name': group, 'azure-virtual-network-name': azure.name, 'azure-gateway-subnet-cidr-block': '10.2.255.0/27', 'gcp-region': 'asia-east1', 'gcp-vpc-network-name': gcp.name })
  await networks.end()
}
