import { inAddressOrder, knownText, nameInSite, textOf, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'
import { lastSegment } from './options.ts'

/** The VPC networks of a set, made or looked up. A network has no ranges of its own, so its subnetworks' are taken. */
export function networks(resources: ResourceSet): NetworkView[] {
  return ['', 'data.'].flatMap((mode) => resources.ofType(`${mode}google_compute_network`).map((network) => {
    const inNetwork = resources.ofType(`${mode}google_compute_subnetwork`).filter(({ values }) => resources.follow(values['network'], network.type) === network)
    const subnets = inAddressOrder(inNetwork.flatMap((subnetwork) => subnetOf(resources, subnetwork, network)))
    return {
      cloud: 'gcp',
      site: network.name,
      address: network.address,
      id: knownText(resources, network, 'id'),
      name: knownText(resources, network, 'name'),
      cidrs: subnets.map(({ cidr }) => cidr),
      subnets,
      details: { subnetworks: inNetwork.flatMap(({ values }) => textOf(values['self_link']) ?? []).toSorted() },
    }
  }))
}

function subnetOf(resources: ResourceSet, subnetwork: ResourceView, network: ResourceView): SubnetView[] {
  const cidr = textOf(subnetwork.values['ip_cidr_range'])
  if (cidr === undefined) return []
  const link = textOf(subnetwork.values['self_link'])
  const name = nameInSite(subnetwork, network) ?? textOf(subnetwork.values['name']) ?? (link === undefined ? '' : lastSegment(link))
  return [{ name, id: knownText(resources, subnetwork, 'id'), cidr }]
}
