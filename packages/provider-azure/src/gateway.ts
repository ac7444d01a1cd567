import { type Fragment, networkExport, ref, type Resource, type Site, type Value } from '@isthmus/core'
import { addressesOf, type Instance, instances } from './apipa.ts'
import { azureFacts } from './facts.ts'
import { placed } from './network.ts'
import type { AzureOptions, Sku } from './options.ts'

/** Sizes above VpnGw2AZ exist only as Generation2; a gateway cannot change its generation. */
const generations: Readonly<Record<Sku, string>> = {
  VpnGw1AZ: 'Generation1',
  VpnGw2AZ: 'Generation1',
  VpnGw3AZ: 'Generation2',
  VpnGw4AZ: 'Generation2',
  VpnGw5AZ: 'Generation2',
}

/**
 * The active-active gateway of a site with its two public addresses. It speaks BGP and holds its whole pool of inside
 * addresses from the start, so no link, of either routing mode, ever changes it.
 */
export function gateway(site: Site<AzureOptions>): Fragment {
  const group = networkExport(site, 'resource_group_name')
  return {
    resources: [...instances.map((instance) => publicIp(site, instance, group)), virtualNetworkGateway(site, group)],
    exports: {
      gateway_id: ref(`azurerm_virtual_network_gateway.${site.name}`, 'id'),
      address_0: ref(publicIpAddress(site, 0), 'ip_address'),
      address_1: ref(publicIpAddress(site, 1), 'ip_address'),
    },
  }
}

function publicIpAddress(site: Site<AzureOptions>, instance: Instance): string {
  return `azurerm_public_ip.${site.name}--${instance}`
}

function publicIp(site: Site<AzureOptions>, instance: Instance, group: Value): Resource {
  // All zones or none: an address in some of them would tie the gateway to these.
  const zones = azureFacts.network.regions.value[site.region] ?? site.zones
  return {
    type: 'azurerm_public_ip',
    name: `${site.name}--${instance}`,
    body: {
      name: `${site.label}--${instance}`,
      ...placed(site, group),
      allocation_method: 'Static',
      sku: 'Standard',
      ...(zones.length > 0 ? { zones } : {}),
    },
  }
}

function virtualNetworkGateway(site: Site<AzureOptions>, group: Value): Resource {
  return {
    type: 'azurerm_virtual_network_gateway',
    name: site.name,
    body: {
      name: site.label,
      ...placed(site, group),
      type: 'Vpn',
      vpn_type: 'RouteBased',
      sku: site.options.sku,
      generation: generations[site.options.sku],
      active_active: true,
      bgp_enabled: true,
      ip_configuration: instances.map((instance) => ({
        name: configurationName(instance),
        subnet_id: networkExport(site, 'gateway_subnet_id'),
        public_ip_address_id: ref(publicIpAddress(site, instance), 'id'),
      })),
      bgp_settings: [{
        asn: site.asn,
        peering_addresses: instances.map((instance) => ({
          ip_configuration_name: configurationName(instance),
          apipa_addresses: addressesOf(instance, site.options.apipaPoolSize),
        })),
      }],
      // A gateway takes 30 to 45 minutes and has been seen to take longer.
      timeouts: { create: '90m', delete: '2h' },
    },
  }
}

function configurationName(instance: Instance): string {
  return `slot-${instance}`
}
