import type { SimulatedCloud } from '../../behaviour/behaviour.ts'
import { address } from './address.ts'
import { externalVpnGateway } from './external-gateway.ts'
import { forwardingRule } from './forwarding-rule.ts'
import { haVpnGateway, vpnGateway } from './gateway.ts'
import { network, subnetwork } from './network.ts'
import { route } from './route.ts'
import { routerInterface } from './router-interface.ts'
import { routerPeer } from './router-peer.ts'
import { router } from './router.ts'
import { schema } from './schema.ts'
import { vpnTunnel } from './tunnel.ts'

/** Google Cloud: VPC networks and Cloud VPN. */
export const gcpCloud: SimulatedCloud = {
  source: 'hashicorp/google',
  schema,
  behaviours: {
    google_compute_network: network,
    google_compute_subnetwork: subnetwork,
    google_compute_address: address,
    google_compute_ha_vpn_gateway: haVpnGateway,
    google_compute_router: router,
    google_compute_vpn_gateway: vpnGateway,
    google_compute_forwarding_rule: forwardingRule,
    google_compute_external_vpn_gateway: externalVpnGateway,
    google_compute_vpn_tunnel: vpnTunnel,
    google_compute_router_interface: routerInterface,
    google_compute_router_peer: routerPeer,
    google_compute_route: route,
  },
  nothingFound: (_, { name, self_link: link }) => `${String(link ?? `projects/simulated-project/global/networks/${String(name)}`)} not found`,
}
