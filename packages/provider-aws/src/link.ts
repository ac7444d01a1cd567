import { gatewayExport, IsthmusError, ref, spell, type Fragment, type Half, type HalfConnection, type HalfTunnel, type Resource, type Site, type Value } from '@isthmus/core'
import { facts } from './facts.ts'
import { dashed, routeTables, tags } from './network.ts'
import type { AwsOptions } from './options.ts'

/** Largest number that `bgp_asn` takes: the EC2 API reads it as a signed 32-bit integer. */
const largestShortAsn = 2_147_483_647

/** Seconds before the end of a phase 2 lifetime at which AWS starts to rekey, where the lifetime is long enough. */
const rekeyMargin = 540

/** This end's half of a deal: a customer gateway and a connection per peer address. */
export function link(site: Site<AwsOptions>, half: Half): Fragment {
  const exports: Record<string, Value> = {}
  for (const connection of half.connections) {
    for (const [index, tunnel] of inOrder(half, connection).entries()) {
      exports[`address_${tunnel.id}`] = ref(`aws_vpn_connection.${nameOf(half, connection)}`, `tunnel${index + 1}_address`)
    }
  }
  return {
    resources: [...half.connections.flatMap((connection) => connectionResources(site, half, connection)), ...vpcRoutes(site, half)],
    exports,
  }
}

function connectionResources(site: Site<AwsOptions>, half: Half, connection: HalfConnection): Resource[] {
  const name = nameOf(half, connection)
  const label = `${half.label}--${connection.id}`
  const [first, second] = inOrder(half, connection)
  return [
    {
      type: 'aws_customer_gateway',
      name,
      body: {
        type: 'ipsec.1',
        ip_address: first.peerAddress,
        ...customerAsn(half.routing.peerAsn),
        // Two with one address and ASN would be one and the same object without a device name of their own.
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCustomerGateway.html
        device_name: label,
        tags: tags(site, label),
      },
    },
    {
      type: 'aws_vpn_connection',
      name,
      body: {
        type: 'ipsec.1',
        customer_gateway_id: ref(`aws_customer_gateway.${name}`, 'id'),
        [site.options.gateway === 'tgw' ? 'transit_gateway_id' : 'vpn_gateway_id']: gatewayExport(site, 'gateway_id'),
        static_routes_only: half.routing.mode === 'static',
        local_ipv4_network_cidr: '0.0.0.0/0',
        remote_ipv4_network_cidr: '0.0.0.0/0',
        ...tunnelOptions(1, half, first),
        ...tunnelOptions(2, half, second),
        tags: tags(site, label),
      },
    },
    ...staticRoutes(site, half, name),
  ]
}

/** One tunnel, nothing left to a default. Without `tunnel` it is the one that the deal does not use. */
function tunnelOptions(number: 1 | 2, half: Half, tunnel: HalfTunnel | undefined): Record<string, Value> {
  const { phase1, phase2 } = half.suite
  const names1 = facts.ciphers.phase1.value
  const names2 = facts.ciphers.phase2.value
  const prf = spell(names1.prf, phase1.prf)
  const options: Record<string, Value> = {
    ike_versions: ['ikev2'],
    phase1_encryption_algorithms: [spell(names1.encryption, phase1.encryption)],
    phase1_integrity_algorithms: [phase1.integrity ? spell(names1.integrity, phase1.integrity) : prf],
    phase1_dh_group_numbers: [spell(names1.dhGroup, phase1.dhGroup)],
    phase1_lifetime_seconds: half.lifetimes.phase1,
    phase2_encryption_algorithms: [spell(names2.encryption, phase2.encryption)],
    // Beside an AEAD it is not negotiated; left out, AWS would list SHA-1 among its defaults.
    phase2_integrity_algorithms: [phase2.integrity ? spell(names2.integrity, phase2.integrity) : prf],
    phase2_dh_group_numbers: [spell(names2.pfs, phase2.pfs)],
    phase2_lifetime_seconds: half.lifetimes.phase2,
    // With the full fuzz the margin doubles, and that must fit into half of the lifetime.
    rekey_margin_time_seconds: Math.min(rekeyMargin, Math.floor(half.lifetimes.phase2 / 4)),
    rekey_fuzz_percentage: 100,
    replay_window_size: 1024,
    dpd_timeout_seconds: half.dpdTimeout ?? 30,
    dpd_timeout_action: tunnel ? 'restart' : 'clear',
    startup_action: tunnel && half.initiates ? 'start' : 'add',
    enable_tunnel_lifecycle_control: false,
    ...(tunnel ? { inside_cidr: tunnel.inside.cidr.toString(), preshared_key: tunnel.key } : {}),
  }
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [`tunnel${number}_${name}`, value]))
}

/** Where a static connection leads: stated on the connection for a virtual private gateway, in the route table of a transit gateway. */
function staticRoutes(site: Site<AwsOptions>, half: Half, connection: string): Resource[] {
  if (half.routing.mode === 'bgp') return []
  const address = `aws_vpn_connection.${connection}`
  return half.routing.peerPrefixes.map((prefix) => {
    const name = `${connection}--${dashed(prefix.toString())}`
    const destination_cidr_block = prefix.toString()
    if (site.options.gateway === 'vgw') {
      return { type: 'aws_vpn_connection_route', name, body: { vpn_connection_id: ref(address, 'id'), destination_cidr_block } }
    }
    return {
      type: 'aws_ec2_transit_gateway_route',
      name,
      body: {
        transit_gateway_route_table_id: gatewayExport(site, 'route_table_id'),
        transit_gateway_attachment_id: ref(address, 'transit_gateway_attachment_id'),
        destination_cidr_block,
      },
    }
  })
}

/** A transit gateway does not put routes into the tables of a VPC, whatever the routing mode. */
function vpcRoutes(site: Site<AwsOptions>, half: Half): Resource[] {
  if (site.options.gateway === 'vgw') return []
  return half.routing.peerPrefixes.flatMap((prefix) =>
    routeTables(site).map((table) => ({
      type: 'aws_route',
      name: `${half.name}--${dashed(prefix.toString())}${table.suffix}`,
      body: { route_table_id: table.id, destination_cidr_block: prefix.toString(), transit_gateway_id: gatewayExport(site, 'attached_gateway_id') },
    })),
  )
}

function customerAsn(asn: number): Record<string, Value> {
  return asn > largestShortAsn ? { bgp_asn_extended: String(asn) } : { bgp_asn: String(asn) }
}

/**
 * The one or two tunnels of a connection, the first of which becomes AWS's tunnel 1. A single one must: the provider tells
 * the tunnels apart by the key and inside block of tunnel 1 and sorts by address without them
 * (https://github.com/hashicorp/terraform-provider-aws/pull/19077), so that a key in tunnel 2 alone could end up in tunnel 1.
 */
function inOrder(half: Half, connection: HalfConnection): [HalfTunnel] | [HalfTunnel, HalfTunnel] {
  const [first, second, third] = connection.tunnels.toSorted((a, b) => a.localSlot - b.localSlot)
  if (!first || third) throw new IsthmusError('CONTRACT_BROKEN', `connection ${connection.id} of ${half.name} has ${connection.tunnels.length} tunnels; AWS makes two`)
  return second ? [first, second] : [first]
}

function nameOf(half: Half, connection: HalfConnection): string {
  return `${half.name}--${connection.id}`
}
