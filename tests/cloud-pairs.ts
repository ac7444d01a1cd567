import type { RoutingMode } from '@isthmus/core'

/** What two clouds come to: tunnels in each routing mode, or `none` where a mode cannot be, and the mode that is chosen freely. */
export interface CloudPair {
  readonly a: string
  readonly b: string
  readonly bgp: number | 'none'
  readonly static: number | 'none'
  readonly free: RoutingMode | 'none'
  /** Where the second site is; near Tokyo, as all first ones, when left out. */
  readonly place?: Place
}

type Place = 'near' | 'far'

const pair = (a: string, b: string, bgp: CloudPair['bgp'], fixed: CloudPair['static'], free: CloudPair['free'], place: Place = 'near'): CloudPair => ({ a, b, bgp, static: fixed, free, place })

/** All pairs of different clouds. */
export const differentClouds: readonly CloudPair[] = [
  pair('alibaba', 'aws', 4, 4, 'bgp'),
  pair('alibaba', 'azure', 2, 2, 'bgp'),
  pair('alibaba', 'gcp', 4, 4, 'bgp'),
  pair('alibaba', 'ibm', 4, 4, 'bgp'),
  pair('alibaba', 'tencent', 2, 4, 'bgp'),
  pair('aws', 'azure', 4, 1, 'bgp'),
  pair('aws', 'gcp', 4, 4, 'bgp'),
  pair('aws', 'ibm', 4, 4, 'bgp'),
  pair('aws', 'tencent', 2, 4, 'bgp'),
  pair('azure', 'gcp', 2, 2, 'bgp'),
  pair('azure', 'ibm', 2, 2, 'bgp'),
  pair('azure', 'tencent', 'none', 2, 'static'),
  pair('gcp', 'ibm', 4, 4, 'bgp'),
  pair('gcp', 'tencent', 2, 4, 'bgp'),
  pair('ibm', 'tencent', 2, 4, 'bgp'),
]

/** Each cloud with itself, in two regions, and in one where that makes a difference. */
export const sameClouds: readonly CloudPair[] = [
  pair('alibaba', 'alibaba', 4, 4, 'bgp', 'far'),
  pair('aws', 'aws', 'none', 'none', 'none', 'far'),
  pair('azure', 'azure', 4, 1, 'bgp', 'far'),
  pair('gcp', 'gcp', 'none', 4, 'static', 'far'),
  pair('gcp', 'gcp', 2, 4, 'bgp'),
  pair('ibm', 'ibm', 4, 4, 'bgp', 'far'),
  pair('tencent', 'tencent', 2, 4, 'bgp', 'far'),
]

/** A region of each cloud near Tokyo, and one far from it. */
const regions: Readonly<Record<string, Readonly<Record<Place, string>>>> = {
  alibaba: { near: 'ap-northeast-1', far: 'ap-southeast-1' },
  aws: { near: 'ap-northeast-1', far: 'us-east-1' },
  azure: { near: 'japaneast', far: 'eastus' },
  gcp: { near: 'asia-northeast1', far: 'us-east1' },
  ibm: { near: 'jp-tok', far: 'us-south' },
  tencent: { near: 'ap-tokyo', far: 'ap-singapore' },
}

export const cloudNames: readonly string[] = Object.keys(regions)

/** A site of an order: its cloud and a network that no other number has. */
export function cloudSite(cloud: string, number: number, place: Place = 'near'): { readonly cloud: string; readonly region: string; readonly cidr: string } {
  return { cloud, region: regions[cloud]?.[place] ?? '', cidr: `10.${number}.0.0/16` }
}

/** A site of every cloud, named for it. */
export function siteOfEachCloud(): Record<string, ReturnType<typeof cloudSite>> {
  return Object.fromEntries(cloudNames.map((cloud, index) => [cloud, cloudSite(cloud, index + 1)]))
}

/** An order of one pair; the two sites are named for their clouds, and numbered where both are of one cloud. */
export function pairOrder({ a, b, place }: Pick<CloudPair, 'a' | 'b' | 'place'>, routing?: RoutingMode): unknown {
  const [first, second] = a === b ? [`${a}-1`, `${b}-2`] as const : [a, b] as const
  const sites = { [first]: cloudSite(a, 1), [second]: cloudSite(b, 2, place) }
  return { name: 'pair', sites, ...(routing === undefined ? {} : { defaults: { routing } }) }
}
