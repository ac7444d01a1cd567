import { type Fragment, networkExport, ref, type Site } from '@isthmus/core'
import type { OpenstackOptions } from './options.ts'

/** The VPN service of the site's router. It has no subnet of its own: a service that has one refuses endpoint groups. */
export function gateway(site: Site<OpenstackOptions>): Fragment {
  const service = `openstack_vpnaas_service_v2.${site.name}`
  return {
    resources: [{ type: 'openstack_vpnaas_service_v2', name: site.name, body: { name: site.label, router_id: networkExport(site, 'router_id'), admin_state_up: true } }],
    exports: { service_id: ref(service, 'id'), address_0: ref(service, 'external_v4_ip') },
  }
}
