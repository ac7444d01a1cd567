import { networkExport, ref, type Fragment, type GatewayNeeds, type Resource, type Site, type Value } from '@isthmus/core'
import type { GcpOptions } from './options.ts'

/** Seconds; the default, and the shortest that Cloud Router takes. */
const keepalive = 20
const slots = [0, 1] as const

/** The site's gateways: HA VPN with a Cloud Router for BGP, two Classic VPN gateways for static routes, or both. */
export function gateway(site: Site<GcpOptions>, needs: GatewayNeeds): Fragment {
  const parts: Fragment[] = []
  if (needs.modes.includes('bgp')) parts.push(highAvailability(site))
  if (needs.modes.includes('static')) parts.push(...slots.map((slot) => classic(site, slot)))
  return {
    resources: parts.flatMap((part) => part.resources),
    exports: Object.fromEntries(parts.flatMap((part) => Object.entries(part.exports))),
  }
}

function highAvailability(site: Site<GcpOptions>): Fragment {
  const ha = `google_compute_ha_vpn_gateway.${site.name}`
  return {
    resources: [
      {
        type: 'google_compute_ha_vpn_gateway',
        name: site.name,
        body: { name: site.label, network: networkExport(site, 'network_id'), region: site.region, stack_type: 'IPV4_ONLY' },
      },
      {
        type: 'google_compute_router',
        name: site.name,
        body: {
          name: site.label,
          network: networkExport(site, 'network_id'),
          region: site.region,
          bgp: [{ asn: site.asn, advertise_mode: 'DEFAULT', keepalive_interval: keepalive }],
        },
      },
    ],
    exports: {
      address_0: ref(ha, 'vpn_interfaces', 0, 'ip_address'),
      address_1: ref(ha, 'vpn_interfaces', 1, 'ip_address'),
      ha_gateway_id: ref(ha, 'id'),
      router_name: ref(`google_compute_router.${site.name}`, 'name'),
    },
  }
}

/** A Classic VPN gateway has one address, so there is one gateway per slot. */
function classic(site: Site<GcpOptions>, slot: number): Fragment {
  const name = `${site.name}--${slot}`
  const label = `${site.label}--${slot}`
  const esp = rule(site, slot, 'esp', { ip_protocol: 'ESP' })
  const ike = rule(site, slot, 'udp-500', { ip_protocol: 'UDP', port_range: '500' })
  const natTraversal = rule(site, slot, 'udp-4500', { ip_protocol: 'UDP', port_range: '4500' })
  return {
    resources: [
      { type: 'google_compute_address', name, body: { name: label, region: site.region } },
      { type: 'google_compute_vpn_gateway', name, body: { name: label, network: networkExport(site, 'network_id'), region: site.region } },
      esp,
      ike,
      { ...natTraversal, dependsOn: [addressOf(esp), addressOf(ike)] },
    ],
    exports: {
      [`classic_address_${slot}`]: ref(`google_compute_address.${name}`, 'address'),
      // The cloud refuses a tunnel on a gateway without its three rules, so the gateway is handed on by the last of them.
      [`classic_gateway_${slot}`]: ref(addressOf(natTraversal), 'target'),
    },
  }
}

function rule(site: Site<GcpOptions>, slot: number, kind: string, traffic: Readonly<Record<string, Value>>): Resource {
  const name = `${site.name}--${slot}`
  return {
    type: 'google_compute_forwarding_rule',
    name: `${name}--${kind}`,
    body: {
      name: `${site.label}--${slot}--${kind}`,
      region: site.region,
      ...traffic,
      ip_address: ref(`google_compute_address.${name}`, 'address'),
      // The cloud answers with the self link, so nothing changes between plan and state.
      target: ref(`google_compute_vpn_gateway.${name}`, 'self_link'),
    },
  }
}

const addressOf = (resource: Resource): string => `${resource.type}.${resource.name}`
