/** How one member of the refined output is made. */
export interface Member {
  /** Type of the resources it shows. */
  readonly type: string
  /** True where it is a list of all of them. */
  readonly list?: true
  /** True where its entries have no name. */
  readonly unnamed?: true
  /** The peer's names of attributes, and where each is. */
  readonly fields?: Readonly<Record<string, string>>
  /** Lists inside an entry. */
  readonly inner?: Readonly<Record<string, { readonly from: string; readonly type?: string; readonly fields: Readonly<Record<string, string>> }>>
  /** Where the member is a single value of the first resource: its path. */
  readonly value?: string
}

/**
 * The refined output of mc-terrarium (v0.1.4), by its key of a cloud: its resource types are those of the OpenTofu providers, its names of
 * attributes its own. Tumblebug flattens exactly these members.
 */
export const refinedMembers: Readonly<Record<string, Readonly<Record<string, Member>>>> = {
  aws: {
    vpn_gateway: { type: 'aws_vpn_gateway', fields: { vpc_id: 'vpc_id' } },
    customer_gateways: { type: 'aws_customer_gateway', list: true, fields: { ip_address: 'ip_address', bgp_asn: 'bgp_asn' } },
    vpn_connections: { type: 'aws_vpn_connection', list: true, fields: { tunnel1_address: 'tunnel1_address', tunnel2_address: 'tunnel2_address' } },
  },
  azure: {
    vpn_gateway: { type: 'azurerm_virtual_network_gateway', fields: { location: 'location', sku: 'sku' } },
    public_ips: { type: 'azurerm_public_ip', list: true, fields: { ip_address: 'ip_address' } },
    connections: { type: 'azurerm_virtual_network_gateway_connection', list: true, fields: { type: 'type', enable_bgp: 'bgp_enabled' } },
    local_gateways: { type: 'azurerm_local_network_gateway', list: true, fields: { gateway_address: 'gateway_address' } },
    bgp_asn: { type: 'azurerm_virtual_network_gateway', value: 'bgp_settings.asn' },
  },
  gcp: {
    vpn_gateway: { type: 'google_compute_ha_vpn_gateway', fields: { network: 'network', region: 'region' } },
    external_gateway: { type: 'google_compute_external_vpn_gateway', fields: { redundancy_type: 'redundancy_type', description: 'description' }, inner: { interfaces: { from: 'interface', fields: { id: 'id', ip_address: 'ip_address' } } } },
    router: { type: 'google_compute_router', fields: { network: 'network', bgp_asn: 'bgp.asn' } },
    tunnels: { type: 'google_compute_vpn_tunnel', list: true, fields: { peer_ip: 'peer_ip', interface: 'vpn_gateway_interface' } },
    interfaces: { type: 'google_compute_router_interface', list: true, fields: { ip_range: 'ip_range' } },
    peers: { type: 'google_compute_router_peer', list: true, fields: { peer_ip: 'peer_ip_address', peer_asn: 'peer_asn' } },
  },
  alibaba: {
    vpn_gateway: { type: 'alicloud_vpn_gateway', unnamed: true, fields: { internet_ip: 'internet_ip', disaster_recovery_internet_ip: 'disaster_recovery_internet_ip' } },
    customer_gateways: { type: 'alicloud_vpn_customer_gateway', list: true, unnamed: true, fields: { ip_address: 'ip_address', asn: 'asn' } },
    vpn_connections: {
      type: 'alicloud_vpn_connection',
      list: true,
      unnamed: true,
      fields: { bgp_status: 'bgp_status' },
      inner: {
        tunnels: {
          from: 'tunnel_options_specification',
          type: 'alicloud_vpn_tunnel_options',
          fields: { id: 'tunnel_id', state: 'state', status: 'status', bgp_status: 'tunnel_bgp_config.bgp_status', peer_asn: 'tunnel_bgp_config.peer_asn', peer_bgp_ip: 'tunnel_bgp_config.peer_bgp_ip' },
        },
      },
    },
    bgp_asn: { type: 'alicloud_vpn_connection', value: 'tunnel_options_specification.tunnel_bgp_config.local_asn' },
  },
  tencent: {
    vpn_gateways: { type: 'tencentcloud_vpn_gateway', list: true, fields: { vpc_id: 'vpc_id', public_ip: 'public_ip_address' } },
    customer_gateways: { type: 'tencentcloud_vpn_customer_gateway', list: true, fields: { public_ip_address: 'public_ip_address' } },
    vpn_connections: {
      type: 'tencentcloud_vpn_connection',
      list: true,
      fields: {
        vpc_id: 'vpc_id',
        vpn_gateway_id: 'vpn_gateway_id',
        // The peer misspells it, and Tumblebug copies whatever it finds: both spellings are there.
        customer_gatway_id: 'customer_gateway_id',
        customer_gateway_id: 'customer_gateway_id',
        ike_local_address: 'ike_local_address',
        ike_remote_address: 'ike_remote_address',
        health_check_local_ip: 'health_check_local_ip',
        health_check_remote_ip: 'health_check_remote_ip',
      },
    },
  },
  ibm: {
    vpn_gateway: { type: 'ibm_is_vpn_gateway', fields: { public_ip_1: 'public_ip_address', public_ip_2: 'public_ip_address2' } },
    vpn_connections: {
      type: 'ibm_is_vpn_gateway_connection',
      list: true,
      fields: { crn: 'crn', gateway_connection: 'gateway_connection', mode: 'mode', status: 'status' },
      inner: {
        status_reasons: { from: 'status_reasons', fields: { code: 'code', message: 'message', more_info: 'more_info' } },
        tunnels: { from: 'tunnels', type: 'ibm_is_vpn_gateway_connection_tunnel', fields: { address: 'address' } },
      },
    },
  },
  dcs: {
    vpn_service: { type: 'openstack_vpnaas_service_v2', fields: { router_id: 'router_id', external_ip: 'external_v4_ip' } },
    site_connections: { type: 'openstack_vpnaas_site_connection_v2', list: true, fields: { peer_address: 'peer_address', peer_id: 'peer_id' } },
  },
}
