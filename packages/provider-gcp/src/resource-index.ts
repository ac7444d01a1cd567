import { groupedBy, type ResourceSet, type ResourceView } from '@isthmus/core'

/** What points to what among the resources of a set. */
export interface Index {
  readonly resources: ResourceSet
  /** Cloud Router interface of a tunnel. */
  interfaceOf(tunnel: ResourceView): ResourceView | undefined
  /** Enabled BGP session on a Cloud Router interface. */
  sessionOf(routerInterface: ResourceView): ResourceView | undefined
  routesOver(tunnel: ResourceView): readonly ResourceView[]
  subnetworksOf(network: ResourceView): readonly ResourceView[]
  /** The forwarding rules that lead to the Classic VPN gateway of a tunnel. */
  rulesOf(tunnel: ResourceView): readonly ResourceView[]
}

const classicGateway = 'google_compute_vpn_gateway'
const forwardingRule = 'google_compute_forwarding_rule'

/** Groups the resources of a set by what they point to, so that each tunnel is read in one step. */
export function indexOf(resources: ResourceSet): Index {
  const pointing = (type: string, attribute: string, target: string): Map<string, ResourceView[]> =>
    groupedBy(resources.ofType(type), (view) => resources.follow(view.values[attribute], target)?.address)
  const interfaces = pointing('google_compute_router_interface', 'vpn_tunnel', 'google_compute_vpn_tunnel')
  const sessions = pointing('google_compute_router_peer', 'interface', 'google_compute_router_interface')
  const routes = pointing('google_compute_route', 'next_hop_vpn_tunnel', 'google_compute_vpn_tunnel')
  const subnetworks = pointing('google_compute_subnetwork', 'network', 'google_compute_network')
  const rules = pointing(forwardingRule, 'target', classicGateway)
  return {
    resources,
    interfaceOf: (tunnel) => interfaces.get(tunnel.address)?.[0],
    sessionOf: (routerInterface) => sessions.get(routerInterface.address)?.find((session) => session.values['enable'] !== false),
    routesOver: (tunnel) => routes.get(tunnel.address) ?? [],
    subnetworksOf: (network) => subnetworks.get(network.address) ?? [],
    rulesOf(tunnel) {
      const target = resources.follow(tunnel.values['target_vpn_gateway'], classicGateway, forwardingRule)
      const gateway = target?.type === forwardingRule ? resources.follow(target.values['target'], classicGateway) : target
      return (gateway && rules.get(gateway.address)) ?? (target?.type === forwardingRule ? [target] : [])
    },
  }
}
