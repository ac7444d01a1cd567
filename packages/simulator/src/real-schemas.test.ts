import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clouds, startSimulator, type Simulator } from './index.ts'
import { Workspace } from './testing/workspace.ts'
import { isAttributes } from './wire/unknown.ts'

let home: string
let simulator: Simulator
let workspace: Workspace

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'isthmus-home-'))
  simulator = await startSimulator({ home, speed: Infinity, clouds, providers: [] })
  workspace = new Workspace(() => simulator.reattach)
})

afterEach(async () => {
  await simulator.close()
  workspace.remove()
  rmSync(home, { recursive: true, force: true })
})

const place = { location: 'koreacentral', resource_group_name: '${azurerm_resource_group.rg.name}' }
const settings = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws' }, azurerm: { source: 'hashicorp/azurerm' }, google: { source: 'hashicorp/google' } } },
  provider: {
    aws: { region: 'ap-northeast-2' },
    azurerm: { features: {}, subscription_id: '00000000-0000-0000-0000-000000000001' },
    google: { project: 'demo', region: 'asia-northeast3' },
  },
}
const stack = {
  ...settings,
  variable: { psk: { default: 'Abcdef1234567890abcd', sensitive: true } },
  resource: {
    aws_vpc: { vpc: { cidr_block: '10.10.0.0/16' } },
    aws_vpc_ipv4_cidr_block_association: { more: { vpc_id: '${aws_vpc.vpc.id}', cidr_block: '10.11.0.0/16' } },
    aws_vpn_gateway: { vgw: { vpc_id: '${aws_vpc.vpc.id}', amazon_side_asn: '64512' } },
    aws_customer_gateway: { cgw: { bgp_asn: '65001', type: 'ipsec.1', ip_address: '${azurerm_public_ip.pip.ip_address}' } },
    aws_vpn_connection: { vpn: {
      customer_gateway_id: '${aws_customer_gateway.cgw.id}', vpn_gateway_id: '${aws_vpn_gateway.vgw.id}', type: 'ipsec.1',
      tunnel1_inside_cidr: '169.254.21.0/30', tunnel1_preshared_key: '${var.psk}', tunnel1_ike_versions: ['ikev2'], tunnel1_phase1_dh_group_numbers: [14],
    } },
    azurerm_resource_group: { rg: { name: 'rg', location: 'koreacentral' } },
    azurerm_virtual_network: { vnet: { ...place, name: 'vnet', address_space: ['10.20.0.0/16'] } },
    azurerm_subnet: { gw: { name: 'GatewaySubnet', resource_group_name: 'rg', virtual_network_name: '${azurerm_virtual_network.vnet.name}', address_prefixes: ['10.20.255.0/27'] } },
    azurerm_public_ip: { pip: { ...place, name: 'pip', allocation_method: 'Static', sku: 'Standard', zones: ['1', '2', '3'] } },
    azurerm_virtual_network_gateway: { gw: {
      ...place, name: 'gw', type: 'Vpn', sku: 'VpnGw1AZ', bgp_enabled: true,
      ip_configuration: [{ name: 'one', public_ip_address_id: '${azurerm_public_ip.pip.id}', subnet_id: '${azurerm_subnet.gw.id}' }],
      bgp_settings: [{ asn: 65001, peering_addresses: [{ ip_configuration_name: 'one', apipa_addresses: ['169.254.21.2'] }] }],
    } },
    azurerm_local_network_gateway: { lng: {
      ...place, name: 'lng', gateway_address: '${aws_vpn_connection.vpn.tunnel1_address}',
      bgp_settings: [{ asn: 64512, bgp_peering_address: '${aws_vpn_connection.vpn.tunnel1_vgw_inside_address}' }],
    } },
    azurerm_virtual_network_gateway_connection: { c: {
      ...place, name: 'c', type: 'IPsec', bgp_enabled: true, shared_key: '${var.psk}',
      virtual_network_gateway_id: '${azurerm_virtual_network_gateway.gw.id}', local_network_gateway_id: '${azurerm_local_network_gateway.lng.id}',
    } },
    google_compute_network: { net: { name: 'net', auto_create_subnetworks: false } },
    google_compute_ha_vpn_gateway: { gw: { name: 'gw', network: '${google_compute_network.net.id}' } },
    google_compute_router: { r: { name: 'r', network: '${google_compute_network.net.name}', bgp: [{ asn: 64600 }] } },
    google_compute_external_vpn_gateway: { e: {
      name: 'e', redundancy_type: 'SINGLE_IP_INTERNALLY_REDUNDANT', interface: [{ id: 0, ip_address: '${azurerm_public_ip.pip.ip_address}' }],
    } },
    google_compute_vpn_tunnel: { t: {
      name: 't', vpn_gateway: '${google_compute_ha_vpn_gateway.gw.id}', vpn_gateway_interface: 0, peer_external_gateway: '${google_compute_external_vpn_gateway.e.id}',
      peer_external_gateway_interface: 0, router: '${google_compute_router.r.id}', shared_secret: '${var.psk}', ike_version: 2,
    } },
  },
  output: { interfaces: { value: '${google_compute_ha_vpn_gateway.gw.vpn_interfaces[0].ip_address}' } },
}

describe('the schemas of the real providers', () => {
  it('are accepted whole by the engine', async () => {
    const required = Object.fromEntries(clouds.map(({ source }) => [source.split('/')[1] ?? '', { source }]))
    workspace.write({ terraform: { required_providers: required } })
    await workspace.run('init')
    const { code, output } = await workspace.run('providers', 'schema', '-json')
    expect(code, output).toBe(0)
    const parsed: unknown = JSON.parse(output)
    const schemas = isAttributes(parsed) && isAttributes(parsed['provider_schemas']) ? parsed['provider_schemas'] : {}
    for (const { source, schema } of clouds) {
      const served = schemas[`registry.opentofu.org/${source.toLowerCase()}`]
      expect(Object.keys(isAttributes(served) && isAttributes(served['resource_schemas']) ? served['resource_schemas'] : {})).toEqual(Object.keys(schema.resources).sort())
    }
  })

  it('carry a stack over three clouds: applied, planned empty, changed, destroyed', async () => {
    await workspace.apply(stack)
    expect(await workspace.plan()).toEqual({})
    expect(workspace.attributes('azurerm_virtual_network_gateway.gw')).toMatchObject({ bgp_settings: [{ asn: 65001 }] })

    workspace.write({ ...stack, variable: { psk: { default: 'Another1234567890abcd', sensitive: true } } })
    expect(await workspace.plan()).toEqual({
      'aws_vpn_connection.vpn': 'update',
      'azurerm_virtual_network_gateway_connection.c': 'update',
      'google_compute_vpn_tunnel.t': 'delete+create',
    })
    await workspace.apply(stack)
    await workspace.destroy()
    expect(simulator.objects()).toEqual([])
  }, 60_000)
})
