import { setTimeout as pause } from 'node:timers/promises'
import { valueAt } from '../../lab/gateway-lab.fixture.ts'
import type { Recorder } from '../recorder.fixture.ts'

/** Readiness, connections, clouds and the design of addresses: nothing of it makes anything. */
export async function lookAround(recorder: Recorder): Promise<void> {
  for (const operation of ['GET /tumblebug/readyz', 'GET /tumblebug/livez', 'PUT /tumblebug/readyz/init', 'DELETE /tumblebug/readyz/init', 'PUT /tumblebug/readyz/init', 'GET /tumblebug/httpVersion']) await recorder.call(operation)
  await recorder.call('GET /tumblebug/connConfig', {}, { query: '?filterCredentialHolder=admin&filterVerified=true&filterRegionRepresentative=true' })
  await recorder.call('GET /tumblebug/connConfig/{connConfigName}', { connConfigName: 'aws-ap-northeast-2' })
  await recorder.call('GET /tumblebug/provider')
  await recorder.call('GET /tumblebug/provider/{providerName}/region', { providerName: 'gcp' })
  await recorder.call('GET /tumblebug/provider/{providerName}/region/{regionName}', { providerName: 'gcp', regionName: 'ASIA-NORTHEAST3' })
  await recorder.call('POST /tumblebug/util/net/design', {}, { body: { cidrBlock: '10.0.0.0/16', subnettingRules: [{ type: 'minSubnets', value: 3 }, { type: 'minHosts', value: 500 }] } })
  await recorder.call('POST /tumblebug/util/net/validate', {}, { body: { networkConfiguration: { cidrBlock: '10.0.0.0/16', name: 'all', subnets: [{ cidrBlock: '10.0.0.0/24', name: 'one' }] } } })
  await recorder.call('POST /tumblebug/util/vNet/design', {}, { body: { desiredPrivateNetwork: '10.0.0.0/8', supernettingEnabled: 'true', mcNetConfigurations: [{ csp: 'aws', regions: [{ name: 'ap-northeast-2', vNets: [] }] }] } })
}

/** Namespaces, and texts under names. */
export async function keepNames(recorder: Recorder): Promise<void> {
  const named = { nsId: 'named' }
  await recorder.call('POST /tumblebug/ns', {}, { body: { name: 'named', description: 'of the contract' } })
  await recorder.call('GET /tumblebug/ns')
  await recorder.call('GET /tumblebug/ns', {}, { query: '?option=id' })
  await recorder.call('GET /tumblebug/ns/{nsId}', named)
  await recorder.call('PUT /tumblebug/ns/{nsId}', named, { body: { name: 'renamed', description: 'of the contract' } })
  await recorder.call('GET /tumblebug/checkNs/{nsId}', named)
  await recorder.call('GET /tumblebug/checkNs/{nsId}', { nsId: 'nobody' })
  await recorder.call('GET /tumblebug/ns/{nsId}/checkResource/{resourceType}/{resourceId}', { ...named, resourceType: 'vNet', resourceId: 'none' })
  await recorder.call('DELETE /tumblebug/ns/{nsId}', named)
  await recorder.call('POST /tumblebug/config', {}, { body: { name: 'TB_SPIDER_REST_URL', value: 'http://localhost:1024/spider' } })
  await recorder.call('POST /tumblebug/config', {}, { body: { name: 'TB_SPIDER_REST_URL', value: 'http://127.0.0.1:1024/spider' } })
  await recorder.call('GET /tumblebug/config')
  await recorder.call('GET /tumblebug/config/{configId}', { configId: 'TB_SPIDER_REST_URL' })
  await recorder.call('DELETE /tumblebug/config/{configId}', { configId: 'TB_SPIDER_REST_URL' })
  await recorder.call('DELETE /tumblebug/config')
}

/** A request under an id of the client's choice, looked up until it is over. */
export async function followRequest(recorder: Recorder): Promise<void> {
  const reqId = 'contract-1'
  await recorder.call('POST /tumblebug/ns', {}, { body: { name: 'followed' }, headers: { 'x-request-id': reqId } })
  while (valueAt(await recorder.call('GET /tumblebug/request/{reqId}', { reqId }), 'status') === 'Handling') await pause(20)
  await recorder.call('GET /tumblebug/requests', {}, { query: '?method=POST&time=5&brief=true' })
  await recorder.call('DELETE /tumblebug/request/{reqId}', { reqId })
  await recorder.call('DELETE /tumblebug/ns/{nsId}', { nsId: 'followed' })
}

/** What would disturb everybody else comes last. */
export async function sweep(recorder: Recorder): Promise<void> {
  await recorder.call('DELETE /tumblebug/requests')
  await recorder.call('DELETE /tumblebug/ns')
}
