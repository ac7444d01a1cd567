import { simulatedCloudOf, type SimulatedCloud } from '@isthmus/provider-kit/simulated-cloud'
import { endpointGroup } from './endpoint-group.ts'
import { networkData, routerData, subnetData } from './network-data.ts'
import { network, subnet } from './network.ts'
import { portData, portIdsData } from './port-data.ts'
import { ikePolicy, ipsecPolicy } from './policies.ts'
import { router, routerInterface } from './router.ts'
import { schema } from './schema.ts'
import { vpnService } from './service.ts'
import { siteConnection } from './site-connection.ts'

/** OpenStack: Neutron with VPN as a Service, and one external network in each region. */
export const simulatedCloud: SimulatedCloud = simulatedCloudOf(schema, {
  behaviours: {
    openstack_networking_network_v2: network,
    openstack_networking_subnet_v2: subnet,
    openstack_networking_router_v2: router,
    openstack_networking_router_interface_v2: routerInterface,
    openstack_vpnaas_service_v2: vpnService,
    openstack_vpnaas_endpoint_group_v2: endpointGroup,
    openstack_vpnaas_ike_policy_v2: ikePolicy,
    openstack_vpnaas_ipsec_policy_v2: ipsecPolicy,
    openstack_vpnaas_site_connection_v2: siteConnection,
  },
  dataSources: {
    openstack_networking_network_v2: networkData,
    openstack_networking_port_ids_v2: portIdsData,
    openstack_networking_port_v2: portData,
    openstack_networking_router_v2: routerData,
    openstack_networking_subnet_v2: subnetData,
  },
})
