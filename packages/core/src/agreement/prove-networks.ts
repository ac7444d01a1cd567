import { finding, type Finding } from '../finding/finding.ts'
import type { Plan } from '../plan/plan.ts'
import type { NetworkView } from '../provider/network-view.ts'
import type { AnyProvider } from '../provider/provider.ts'
import type { ResourceView } from './end-view.ts'
import { viewsOfFragments } from './read-json.ts'
import { resourceSetOf } from './resource-set.ts'

/** The networks that are there, and what is missing of those that a plan makes. */
export interface NetworkProof {
  /** Sorted by site. */
  readonly networks: readonly NetworkView[]
  /** What is not there; none means that every network is as planned. */
  readonly findings: readonly Finding[]
}

/**
 * Reads all networks back and compares them with those that a plan makes, which are read from its own fragments. Networks that were
 * there already are the business of their owner, so nothing is said about them.
 *
 * @param views resources of the networks, from a plan or a state
 */
export function proveNetworks(views: readonly ResourceView[], plan: Pick<Plan, 'fragments'>, providers: readonly AnyProvider[]): NetworkProof {
  const networks = networksIn(views, providers)
  const written = viewsOfFragments(plan.fragments.filter(({ id }) => id.startsWith('network/')))
  const wanted = networksIn(written, providers).filter(({ address }) => !address.startsWith('data.'))
  return { networks, findings: wanted.flatMap((network) => missingOf(network, networks.find(({ cloud, address }) => cloud === network.cloud && address === network.address))) }
}

function networksIn(views: readonly ResourceView[], providers: readonly AnyProvider[]): NetworkView[] {
  const resources = resourceSetOf(views)
  return providers.flatMap((provider) => provider.networks(resources)).sort((a, b) => (a.site < b.site ? -1 : 1))
}

function missingOf(wanted: NetworkView, there: NetworkView | undefined): Finding[] {
  const { site } = wanted
  if (!there) return [finding('NETWORK_MISSING', `sites.${site}`, { title: `the network of ${site} is not there.`, hint: 'apply the order, which makes it.' })]
  const found = new Set(there.subnets.map(({ cidr }) => cidr))
  return wanted.subnets.filter(({ cidr }) => !found.has(cidr)).map(({ name, cidr }) =>
    finding('NETWORK_MISSING', `sites.${site}`, { title: `the subnet ${name} (${cidr}) of ${site} is not there.`, hint: 'apply the order, which makes it.', facts: { network: there.address, subnet: name } }))
}
