import { Cidr, orderSchema, type Site, type SpokeProvider } from '@isthmus/core'
import { ownFields, type SiteExample } from '../check/subject.ts'

/** Number of a gateway whose example names none: any of the private ones does. */
const anyAsn = 64_600

/**
 * A site of the order `mesh`, as a provider's functions are given it: what the order's form and the provider's options parse to.
 * Nothing is designed or judged, so a unit test can start from sites that no plan would have.
 *
 * @param example as an order writes it; subnets, zones and blocks that it leaves out are none, and a subnet is for workloads
 * @param change parsed fields that take the place of those of the example
 * @throws ZodError where the order's form or the provider's options refuse the example; RangeError for a block that is none
 */
export function siteOf<O>(provider: SpokeProvider<O>, name: string, example: SiteExample, change: Partial<Site<O>> = {}): Site<O> {
  const { region, cidr, cidrs = cidr === undefined ? [] : [cidr], subnets = [], zones = [], asn = anyAsn } = orderSchema.shape.sites.valueType.parse({ cloud: provider.id, ...example })
  return {
    name,
    label: `mesh-${name}`,
    cloud: provider.id,
    region,
    zones,
    cidrs: cidrs.map((text) => Cidr.of(text)),
    subnets: subnets.map(({ name, cidr, zone, purpose = 'workload' }) => ({ name, cidr: Cidr.of(cidr), ...(zone === undefined ? {} : { zone }), purpose })),
    asn,
    options: provider.options.parse(ownFields(example)),
    ...change,
  }
}
