import type { CloudCatalogue, Connection } from '../cloud/catalogue.ts'
import type { Examples } from '../http/operation.ts'

/** An order of two networks in two clouds of those that are loaded. */
export function nativeExamples(clouds: CloudCatalogue): Examples {
  const [first, second] = clouds.oneOfEach()
  if (!first || !second) return { bodies: {}, parameters: {} }
  const site = ({ cloud, region }: Connection, cidr: string): object => ({ cloud, region, cidr })
  const order = { pair: { name: 'demo', sites: { east: site(first, '10.10.0.0/16'), west: site(second, '10.20.0.0/16') } } }
  return {
    bodies: { validateOrder: order, planOrder: order, applyOrder: order, retryRun: { again: {} } },
    parameters: { orderName: 'demo', providerId: first.cloud, one: first.cloud, other: second.cloud, code: 'CIDR_OVERLAP' },
  }
}
