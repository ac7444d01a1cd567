import { z } from 'zod'
import { defaultHolder, type CloudCatalogue } from '../../cloud/catalogue.ts'
import { flagOf } from '../../http/flag.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import { connectionModel, connectionOf, holderModel, holderOf, regionModel, regionOf } from './connection-models.ts'

const listQuery = z.object({
  filterCredentialHolder: z.string().optional().describe('Only connections of this credential holder, in lower case; of all holders when left out'),
  filterVerified: z.string().optional().describe('`false` shows connections as well whose cloud the holder has no credentials for; anything else, or nothing, only those that can be used'),
  filterRegionRepresentative: z.string().optional().describe('Not read: every connection here stands for its region'),
})

const tag = 'Connections'
const providerName = z.string().describe('Id of a cloud, in any case, as `GET /tumblebug/provider` lists them')
const regionName = z.string().describe('Region as the cloud names it, in any case')

/** Connections, providers and regions. They follow from the providers that are loaded and are never written. */
export function addConnections(api: Api, clouds: CloudCatalogue, verified: (cloud: string, holder: string) => boolean): void {
  api.add({
    id: 'listConnections', method: 'get', paths: ['/connConfig'], tag, scope: 'read', summary: 'List connections',
    description: 'There is one for each region of each cloud that the gateway knows, and for each credential holder. They follow from the plugins that are loaded and cannot be written.',
    params: nothing, query: listQuery, body: noBody, answers: { 200: z.object({ connectionconfig: z.array(connectionModel) }).meta({ id: 'ConnConfigList' }) },
  }, async ({ query }) => {
    const all = clouds.connections(query.filterCredentialHolder).map((connection) => connectionOf(connection, verified(connection.cloud, connection.holder)))
    return { status: 200, body: { connectionconfig: flagOf(query.filterVerified) === false ? all : all.filter((connection) => connection.verified) } }
  })

  api.add({
    id: 'getConnection', method: 'get', paths: ['/connConfig/{connConfigName}'], tag, scope: 'read', summary: 'Get a connection',
    params: z.object({ connConfigName: z.string().describe('Name of a connection, exactly as `configName` shows it: `cloud-region`, with `holder-` in front for a credential holder other than the default one') }), query: nothing, body: noBody, answers: { 200: connectionModel },
  }, async ({ params }) => {
    const connection = clouds.connection(params.connConfigName)
    if (!connection) throw new Problem('NOT_FOUND', `Cannot find the model.ConnConfig /connection/${params.connConfigName}: it does not exist`)
    return { status: 200, body: connectionOf(connection, verified(connection.cloud, connection.holder)) }
  })

  const holder = (name: string): z.input<typeof holderModel> => {
    const all = clouds.connections(name)
    return holderOf(name, all, all.filter(({ cloud }) => verified(cloud, name)))
  }

  api.add({
    id: 'listCredentialHolders', method: 'get', paths: ['/credentialHolder'], tag, scope: 'read', summary: 'List credential holders',
    description: 'The default holder, `admin`, comes first. `x-credential-holder` says in whose name a request is made.',
    params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ credentialHolderList: z.array(holderModel) }).meta({ id: 'CredentialHolderList' }) },
  }, async () => ({ status: 200, body: { credentialHolderList: clouds.holders.map(holder) } }))

  api.add({
    id: 'getCredentialHolder', method: 'get', paths: ['/credentialHolder/{holderId}'], tag, scope: 'read', summary: 'Get a credential holder',
    params: z.object({ holderId: z.string().describe('Name of a credential holder, in any case. `admin` is the default one') }), query: nothing, body: noBody, answers: { 200: holderModel },
  }, async ({ params }) => {
    const name = params.holderId.toLowerCase()
    if (!clouds.holders.includes(name)) throw new Problem('NOT_FOUND', `the credential holder ${params.holderId} does not exist; there are ${clouds.holders.join(', ')}`)
    return { status: 200, body: holder(name) }
  })

  api.add({
    id: 'listProviders', method: 'get', paths: ['/provider'], tag, scope: 'read', summary: 'List clouds',
    description: 'Clouds whose networks the gateway knows. Not all of them can have a VPN: `GET /isthmus/v1/providers` tells which.',
    params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ output: z.array(z.string()) }).meta({ id: 'IdList' }) },
  }, async () => ({ status: 200, body: { output: [...clouds.ids] } }))

  api.add({
    id: 'listRegions', method: 'get', paths: ['/provider/{providerName}/region'], tag, scope: 'read', summary: 'List the regions of a cloud',
    params: z.object({ providerName }), query: nothing, body: noBody, answers: { 200: z.object({ regions: z.array(regionModel) }).meta({ id: 'RegionList' }) },
  }, async ({ params }) => ({ status: 200, body: { regions: regionsOf(clouds, params.providerName).map(regionOf) } }))

  api.add({
    id: 'getRegion', method: 'get', paths: ['/provider/{providerName}/region/{regionName}'], tag, scope: 'read', summary: 'Get a region of a cloud',
    params: z.object({ providerName, regionName }), query: nothing, body: noBody, answers: { 200: regionModel },
  }, async ({ params }) => {
    const region = regionsOf(clouds, params.providerName).find((item) => item.region.toLowerCase() === params.regionName.toLowerCase())
    if (!region) throw new Problem('NOT_FOUND', `region '${params.regionName}' not found in ${params.providerName}`)
    return { status: 200, body: regionOf(region) }
  })
}

function regionsOf(clouds: CloudCatalogue, cloud: string): ReturnType<CloudCatalogue['connections']> {
  const regions = clouds.connections(defaultHolder).filter((connection) => connection.cloud === cloud.toLowerCase())
  if (regions.length === 0) throw new Problem('NOT_FOUND', `cloudType '${cloud}' not found`)
  return regions
}
