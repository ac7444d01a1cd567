import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, it } from 'vitest'
import { listAt, textAt } from '../../../test/lab/gateway-lab.fixture.ts'
import { Api } from '../../http/operation.ts'
import type { ServiceEnv } from '../../http/service-env.ts'
import { clouds } from '../../testing/networks.fixture.ts'
import { tumblebugDialect } from '../dialect.ts'
import { addConnections } from './connections.ts'

const app: OpenAPIHono<ServiceEnv> = new OpenAPIHono<ServiceEnv>()
addConnections(new Api(app, '', tumblebugDialect, new Set()), clouds, (cloud) => cloud === 'aws')

async function cloudsOf(query: string): Promise<string[]> {
  const list = listAt(await (await app.request(`/connConfig${query}`)).json(), 'connectionconfig')
  return [...new Set(list.map((connection) => textAt(connection, 'providerName')))]
}

it.each(['', '?filterVerified=true', '?filterVerified=', '?filterVerified=maybe', '?filterRegionRepresentative=true'])('lists connections whose cloud has credentials when asked with %j', async (query) => {
  expect(await cloudsOf(query)).toEqual(['aws'])
})

it.each(['?filterVerified=false', '?filterVerified=False', '?filterVerified=0'])('lists those of all clouds when asked with %j', async (query) => {
  expect(await cloudsOf(query)).toEqual(clouds.ids)
})

it('lists those of one holder', async () => {
  expect(await cloudsOf('?filterCredentialHolder=admin')).toEqual(['aws'])
  expect(await cloudsOf('?filterCredentialHolder=nobody')).toEqual([])
})

it('tells of credential holders what they have credentials for, whatever the case of their name', async () => {
  const admin = { credentialHolder: 'admin', providers: ['aws'], connectionCount: clouds.connections('admin').length, verifiedConnectionCount: clouds.connections('admin').filter(({ cloud }) => cloud === 'aws').length, isDefault: true }
  const list = listAt(await (await app.request('/credentialHolder')).json(), 'credentialHolderList')
  expect([list[0], list.map((holder) => textAt(holder, 'credentialHolder'))]).toEqual([admin, clouds.holders])
  expect(await (await app.request('/credentialHolder/Admin')).json()).toEqual(admin)
})
