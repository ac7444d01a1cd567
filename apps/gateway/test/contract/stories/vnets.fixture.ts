import { textAt, type GatewayLab } from '../../lab/gateway-lab.fixture.ts'
import type { Recorder } from '../recorder.fixture.ts'

const vnets = '/tumblebug/ns/{nsId}/resources/vNet'

/** Body of a vNet with one subnet. */
export function vnetBody(name: string, connectionName: string, cidrBlock: string): object {
  return { name, connectionName, cidrBlock, subnetInfoList: [{ name: `${name}-01`, ipv4_CIDR: cidrBlock.replace(/\/\d+$/, '/24') }], description: 'of the contract' }
}

/** A namespace of a story's own. */
export async function begin(recorder: Recorder, nsId: string): Promise<{ readonly nsId: string }> {
  await recorder.call('POST /tumblebug/ns', {}, { body: { name: nsId } })
  return { nsId }
}

/** vNets and subnets from the first to the last, compared with their clouds in between. */
export async function makeVnets(recorder: Recorder): Promise<void> {
  const ns = await begin(recorder, 'vnets')
  const one = { ...ns, vNetId: 'one' }
  await recorder.call(`POST ${vnets}`, ns, { body: vnetBody('one', 'aws-ap-northeast-2', '10.1.0.0/16') })
  await recorder.call(`POST ${vnets}`, ns, { body: vnetBody('two', 'gcp-asia-northeast3', '10.2.0.0/16') })
  await recorder.call(`POST ${vnets}/{vNetId}/subnet`, one, { body: { name: 'more', ipv4_CIDR: '10.1.1.0/24', zone: '', description: 'of the contract' } })
  await recorder.call(`GET ${vnets}`, ns)
  await recorder.call(`GET ${vnets}`, ns, { query: '?option=id' })
  await recorder.call(`GET ${vnets}`, ns, { query: '?filterKey=connectionName&filterVal=gcp' })
  await recorder.call(`GET ${vnets}/{vNetId}`, one)
  await recorder.call(`GET ${vnets}/{vNetId}/subnet`, one)
  await recorder.call(`GET ${vnets}/{vNetId}/subnet/{subnetId}`, { ...one, subnetId: 'more' })
  await recorder.call('GET /tumblebug/ns/{nsId}/checkResource/{resourceType}/{resourceId}', { ...ns, resourceType: 'vNet', resourceId: 'one' })
  await recorder.call(`DELETE ${vnets}/{vNetId}/subnet/{subnetId}`, { ...one, subnetId: 'more' })
  await recorder.call(`PUT ${vnets}/{vNetId}/reconcile`, one)
  await recorder.call(`PUT ${vnets}/reconcile`, ns, { query: '?maxConcurrent=2' })
  await recorder.call(`POST ${vnets}/reconcile/prune`, ns)
  await recorder.call(`DELETE ${vnets}/{vNetId}`, one, { query: '?action=withSubnets' })
  await recorder.call(`DELETE ${vnets}`, ns, { query: '?match=two' })
}

/** A vNet whose deletion fails is put right by hand. */
export async function restoreVnet(recorder: Recorder, lab: GatewayLab): Promise<void> {
  const ns = await begin(recorder, 'restored')
  const one = { ...ns, vNetId: 'one' }
  await recorder.call(`POST ${vnets}`, ns, { body: vnetBody('one', 'alibaba-ap-northeast-2', '10.1.0.0/16') })
  lab.fail({ type: 'alicloud_vpc', op: 'delete', message: 'the VPC is busy' })
  await lab.send('DELETE', '/tumblebug/ns/restored/resources/vNet/one', { query: '?action=force' })
  await recorder.call(`PUT ${vnets}/{vNetId}/restore`, one)
  await recorder.call(`DELETE ${vnets}/{vNetId}`, one, { query: '?action=force' })
}

/** A network that a cloud holds already comes on record and goes again, in both spellings. */
export async function registerVnet(recorder: Recorder, lab: GatewayLab): Promise<void> {
  const owner = await begin(recorder, 'owner')
  const ns = await begin(recorder, 'registered')
  const connectionName = 'aws-ap-northeast-1'
  const path = '/tumblebug/ns/owner/resources/vNet'
  const made = await lab.done('POST', path, { body: vnetBody('one', connectionName, '10.1.0.0/16') })
  const one = { ...ns, vNetId: 'one' }
  const register = () => recorder.call('POST /tumblebug/ns/{nsId}/registerCspResource/vNet', ns, { body: { name: 'one', connectionName, cspResourceId: textAt(made, 'cspResourceId'), description: 'of the contract' } })
  await register()
  const added = await lab.done('POST', `${path}/one/subnet`, { body: { name: 'late', ipv4_CIDR: '10.1.1.0/24' } })
  for (const spelling of ['deregisterResource', 'deregisterCspResource']) {
    await recorder.call('POST /tumblebug/ns/{nsId}/registerCspResource/vNet/{vNetId}/subnet', one, { body: { name: 'late', connectionName, cspResourceId: textAt(added, 'cspResourceId') } })
    await recorder.call(`DELETE /tumblebug/ns/{nsId}/${spelling}/vNet/{vNetId}/subnet/{subnetId}`, { ...one, subnetId: 'late' })
  }
  await recorder.call('DELETE /tumblebug/ns/{nsId}/deregisterResource/vNet/{vNetId}', one, { query: '?withSubnets=true' })
  await register()
  await recorder.call('DELETE /tumblebug/ns/{nsId}/deregisterCspResource/vNet/{vNetId}', one, { query: '?withSubnets=true' })
  await recorder.call('DELETE /tumblebug/ns/{nsId}/resources/vNet/{vNetId}', { ...owner, vNetId: 'one' }, { query: '?action=withsubnets' })
}

/** Templates, and a vNet made from one. */
export async function useTemplates(recorder: Recorder): Promise<void> {
  const ns = await begin(recorder, 'templates')
  const templates = '/tumblebug/ns/{nsId}/template/vNet'
  const whole = { ...ns, templateId: 'whole' }
  const vNetReq = vnetBody('any', 'ibm-au-syd', '10.1.0.0/16')
  await recorder.call(`POST ${templates}`, ns, { body: { name: 'whole', vNetReq } })
  await recorder.call(`POST ${templates}`, ns, { body: { name: 'rule', vNetPolicy: { cidrBlock: 'auto', subnetCount: 2, multiZone: true } } })
  await recorder.call(`GET ${templates}`, ns, { query: '?filterKeyword=ru' })
  await recorder.call(`GET ${templates}/{templateId}`, whole)
  await recorder.call(`PUT ${templates}/{templateId}`, whole, { body: { name: 'whole', description: 'changed', vNetReq } })
  await recorder.call(`POST ${vnets}/template/{templateId}`, whole, { body: { name: 'made', description: 'from a template' } })
  await recorder.call(`DELETE ${templates}/{templateId}`, whole)
  await recorder.call(`DELETE ${templates}`, ns)
  await recorder.call(`DELETE ${vnets}/{vNetId}`, { ...ns, vNetId: 'made' }, { query: '?action=withsubnets' })
}
