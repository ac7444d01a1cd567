import { z } from 'zod'
import { Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import type { Service } from '../http/service.ts'
import type { Readiness } from '../readiness/readiness.ts'
import type { TofuSearch } from '../stacks/index.ts'
import { terrariumDialect } from './dialect.ts'
import { terrariumExamples } from './examples.ts'
import { addOlderVpns } from './older-routes.ts'
import { siteKeys, siteOf, siteRequests, type SiteKey } from './site-requests.ts'
import { addTerrariums } from './terrarium-routes.ts'
import { addTerrariumVpn, type TerrariumVpnRoutes } from './vpn-routes.ts'

const { aws, ...targets } = siteRequests
const targetTypes = ['azure', 'gcp', 'alibaba', 'tencent', 'ibm', 'dcs'] as const satisfies readonly SiteKey[]

const terrariumId = z.string().optional().describe('Not read: the terrarium is that of the path')

const awsToSite = z.object({
  vpn_config: z.object({
    terrarium_id: terrariumId,
    aws,
    target_csp: z.object({ type: z.enum(targetTypes).describe('Cloud of the other end: key of the member that names the network. `dcs` is OpenStack') })
      .extend(z.object(targets).partial().shape).describe('The other end. Of the members beside `type` only the one that it names is read'),
  }).describe('The two ends'),
}).meta({ id: 'CreateAwsToSiteVpnRequest' })

const siteToSite = z.object({
  vpn_config: z.object(siteRequests).partial().extend({ terrarium_id: terrariumId }).describe('The two ends: exactly two of the members that are clouds'),
}).meta({ id: 'CreateSiteToSiteVpnRequest' })

/** The API of mc-terrarium: terrariums, each with one VPN between networks that clouds hold already. */
export function addTerrariumApi({ app, open }: Service, routes: TerrariumVpnRoutes, readiness: Readiness, tofu: TofuSearch): void {
  const api = new Api(app, '/terrarium', terrariumDialect, open, terrariumExamples)
  addTerrariums(api, routes.terrariums, readiness, tofu)
  addTerrariumVpn(api, routes, {
    purpose: 'vpn/aws-to-site',
    body: awsToSite,
    sites: ({ vpn_config: { aws: one, target_csp: { type, ...others } } }, clouds) => [
      siteOf({ key: 'aws', opposite: type, path: 'vpn_config' }, { aws: one }, clouds),
      siteOf({ key: type, opposite: 'aws', path: 'vpn_config.target_csp' }, others, clouds),
    ],
  })
  addTerrariumVpn(api, routes, {
    purpose: 'vpn/site-to-site',
    body: siteToSite,
    sites: ({ vpn_config: ends }, clouds) => {
      const keys = siteKeys.filter((key) => ends[key] !== undefined)
      const [one, other] = keys
      if (!one || !other || keys.length > 2) throw new Problem('BODY_INVALID', `vpn_config: name exactly two of ${siteKeys.join(', ')}; it names ${keys.length === 0 ? 'none' : keys.join(', ')}`)
      return [siteOf({ key: one, opposite: other, path: 'vpn_config' }, ends, clouds), siteOf({ key: other, opposite: one, path: 'vpn_config' }, ends, clouds)]
    },
  })
  addOlderVpns(api, routes)
}
