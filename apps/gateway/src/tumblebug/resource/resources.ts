import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { infraKind } from '../../infra/infra.ts'
import type { Kind, Records } from '../../store/index.ts'
import { templateKind } from '../../template/template.ts'
import { vnetKind } from '../../vnet/vnet.ts'
import { vpnKind } from '../../vpn/vpn.ts'
import { inNamespace } from '../path-parameters.ts'

/** Kinds of objects by the names that clients have for their types, in lower case. Of other types the gateway keeps nothing. */
const kinds: ReadonlyMap<string, Kind<unknown>> = new Map<string, Kind<unknown>>([
  ['vnet', vnetKind],
  ['vpn', vpnKind],
  ['infra', infraKind],
  ['mci', infraKind],
  ['vnettemplate', templateKind],
])

const params = inNamespace.extend({
  resourceType: z.string().describe('`vNet`, `vpn`, `infra` (`mci`) or `vNetTemplate`, in any case; of any other type the gateway holds none'),
  resourceId: z.string().describe('Id of the object: its name'),
})

/** Whether a namespace holds an object. */
export function addResources(api: Api, records: Records): void {
  api.add({
    id: 'checkResource', method: 'get', paths: ['/ns/{nsId}/checkResource/{resourceType}/{resourceId}'], tag: 'Namespaces', scope: 'read', summary: 'Ask whether a namespace holds an object of a type',
    params, query: nothing, body: noBody, answers: { 200: z.object({ exists: z.boolean() }).meta({ id: 'CheckExists' }) },
  }, async ({ params: { nsId, resourceType, resourceId } }) => {
    const kind = kinds.get(resourceType.toLowerCase())
    return { status: 200, body: { exists: kind !== undefined && (await records.get(kind, nsId, resourceId)) !== undefined } }
  })
}
