import { z } from 'zod'
import { Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import type { Service } from '../http/service.ts'
import type { Readiness } from '../readiness/readiness.ts'
import { terrariumDialect } from './dialect.ts'
import { terrariumExamples } from './examples.ts'
import { addOlderVpns } from './older-routes.ts'
import { siteKeys, siteOf, siteRequests, type SiteKey } from './site-requests.ts'
import { addTerrariums } from './terrarium-routes.ts'
import { addTerrariumVpn, type TerrariumVpnRoutes } from './vpn-routes.ts'

const { aws, ...targets } = siteRequests
const targetTypes = ['azure', 'gcp', 'alibaba', 'tencent', 'ibm', 'dcs'] as const satisfies readonly SiteKey[]

const awsToSite = z.object({
  vpn_config: z.object({ terrarium_id: z.string().optional(), aws, target_csp: z.object({ type: z.enum(targetTypes) }).extend(z.object(targets).partial().shape) }),
}).meta({ id: 'CreateAwsToSiteVpnRequest' })

const siteToSite = z.object({ vpn_config: z.object(siteRequests).partial().extend({ terrarium_id: z.string().optional() }) }).meta({ id: 'CreateSiteToSiteVpnRequest' })

/** The API of mc-terrarium: terrariums, each with one VPN between networks that clouds hold already. */
export function addTerrariumApi({ app, open }: Service, routes: TerrariumVpnRoutes, readiness: Readiness, tofuVersion: string): void {
  const api = new Api(app, '/terrarium', terrariumDialect, open, terrariumExamples)
  addTerrariums(api, routes.terrariums, readiness, tofuVersion)
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
