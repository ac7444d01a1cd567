import type { Recorder } from '../recorder.fixture.ts'
import { begin } from './vnets.fixture.ts'

/** How a generation spells what it orders VPNs with. */
interface Words {
  readonly ns: string
  readonly infra: string
  readonly make: string
  readonly id: string
  readonly groups: (specs: readonly string[]) => object
  readonly vpn: object
}

const ends = { site1: { vNetId: 'V1', cspSpecificProperty: { aws: { bgpAsn: '64512' } } }, site2: { vNetId: 'V2', cspSpecificProperty: { gcp: { bgpAsn: '65530' } } } }
const newer: Words = { ns: 'newer', infra: 'infra', make: 'infraDynamic', id: 'infraId', groups: (specs) => ({ nodeGroups: specs.map((specId) => ({ specId, imageId: 'any', nodeGroupSize: 1 })) }), vpn: ends }
const older: Words = { ns: 'older', infra: 'mci', make: 'mciDynamic', id: 'mciId', groups: (specs) => ({ vm: specs.map((commonSpec) => ({ commonSpec, commonImage: 'ubuntu22.04', subGroupSize: '1' })) }), vpn: ends }

const regions = { newer: ['aws+ap-northeast-2', 'gcp+asia-northeast3'], older: ['aws+ap-southeast-1', 'gcp+asia-northeast1'] }

/** Nodes, the sites that they stand on and a VPN between those, in the words of the 2026 generation. */
export async function linkNewer(recorder: Recorder): Promise<void> {
  await link(recorder, newer, regions.newer, async (one) => {
    await recorder.call('POST /tumblebug/ns/{nsId}/infra/{infraId}/vpn/{vpnId}/health', one, { body: {} })
    await recorder.call('DELETE /tumblebug/ns/{nsId}/infra/{infraId}/vpn/{vpnId}', one, { query: '?option=reconcile' })
  })
}

/** The same in the words of the 2025 generation. */
export async function linkOlder(recorder: Recorder): Promise<void> {
  await link(recorder, older, regions.older, async () => {})
}

async function link(recorder: Recorder, words: Words, specs: readonly string[], more: (one: Record<string, string>) => Promise<void>): Promise<void> {
  const ns = await begin(recorder, words.ns)
  const [infras, infra] = [`/tumblebug/ns/{nsId}/${words.infra}`, { ...ns, [words.id]: 'infra01' }]
  const [one, vpns] = [{ ...infra, vpnId: 'vpn01' }, `${infras}/{${words.id}}/vpn`]
  await recorder.call(`POST /tumblebug/ns/{nsId}/${words.make}`, ns, { body: { name: 'infra01', ...words.groups(specs.map((spec) => `${spec}+small`)) } })
  await recorder.call(`GET ${infras}`, ns)
  await recorder.call(`GET ${infras}`, ns, { query: '?option=id' })
  await recorder.call(`GET ${infras}/{${words.id}}`, infra)
  await recorder.call(`GET ${infras}/{${words.id}}/site`, infra)
  await recorder.call(`POST ${vpns}`, infra, { body: bodyOf(words, specs), headers: { 'x-request-id': `${words.ns}-vpn01` } })
  await recorder.call(`GET ${vpns}`, infra, { query: '?option=IdList' })
  await recorder.call(`GET ${vpns}`, infra, { query: '?option=InfoList' })
  await recorder.call(`GET ${vpns}/{vpnId}`, one)
  await recorder.call(`GET ${vpns}/{vpnId}`, one, { query: '?refresh=false' })
  await recorder.call(`GET ${vpns}/{vpnId}/request/{requestId}`, { ...one, requestId: `${words.ns}-vpn01` })
  await more(one)
  await recorder.call(`DELETE ${vpns}/{vpnId}`, one)
  await recorder.call(`DELETE ${infras}/{${words.id}}`, infra, { query: '?option=terminate' })
  await recorder.call('DELETE /tumblebug/ns/{nsId}/sharedResources', ns, { query: '?dryRun=true' })
  await recorder.call('DELETE /tumblebug/ns/{nsId}/sharedResources', ns)
}

/** The vNets that the nodes share are named after the namespace and the connection. */
function bodyOf({ ns, vpn }: Words, specs: readonly string[]): unknown {
  const [one = '', other = ''] = specs.map((spec) => `${ns}-shared-${spec.replace('+', '-')}`)
  return { name: 'vpn01', ...Object(JSON.parse(JSON.stringify(vpn).replace('V1', one).replace('V2', other))) }
}
