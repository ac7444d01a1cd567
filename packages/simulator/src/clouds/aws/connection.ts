import { Cidr } from '@isthmus/core'
import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { changed, flag, having, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, demand, ec2, hexId, unused } from './account.ts'
import { asnOf } from './customer-gateway.ts'
import { staticRoutes, telemetry } from './telemetry.ts'
import { isUsableInside, tunnelProblem, tunnels } from './tunnel-options.ts'

/** VPN connections per virtual private gateway (AWS Site-to-Site VPN quotas). */
const connectionsPerGateway = 10

const noLog = {
  bgp_log_enabled: false, bgp_log_group_arn: '', bgp_log_output_format: '', log_enabled: false, log_group_arn: '', log_output_format: '',
}

export const vpnConnection: Behaviour = ec2({
  prefix: 'vpn', arn: 'vpn-connection', tags: true, key: ['customer_gateway_id', 'vpn_gateway_id', 'transit_gateway_id'],
}, {
  recompute(prior, planned) {
    const again = tunnels.filter((tunnel) => changed(prior, planned, [`${tunnel}_inside_cidr`]))
      .flatMap((tunnel) => [`${tunnel}_cgw_inside_address`, `${tunnel}_vgw_inside_address`])
    const moved = changed(prior, planned, ['vpn_gateway_id', 'transit_gateway_id'])
    if (moved) again.push('transit_gateway_attachment_id', ...tunnels.map((tunnel) => `${tunnel}_bgp_asn`))
    return again.length > 0 ? [...again, 'customer_gateway_configuration'] : []
  },
  create(object, context) {
    fillDefaults(object, context)
    checkConnection(object, context, 'CreateVpnConnection')
    fillTunnels(object, context)
    fill(object, { routes: [], vgw_telemetry: telemetry(object, []), customer_gateway_configuration: configuration(object) })
  },
  update(_prior, object, context) {
    checkConnection(object, context, 'ModifyVpnConnection')
    fillDefaults(object, context)
    fillTunnels(object, context)
    fill(object, { customer_gateway_configuration: configuration(object) })
  },
  read: (object, context) => ({ ...object, routes: staticRoutes(object, context), vgw_telemetry: telemetry(object, context.tunnels()) }),
})

export const vpnConnectionRoute: Behaviour = {
  id: (object, context) => unused(`${String(object['destination_cidr_block'])}:${String(object['vpn_connection_id'])}`, context, () =>
    apiError('CreateVpnConnectionRoute', 'RouteAlreadyExists', `The route identified by ${String(object['destination_cidr_block'])} already exists.`, 'destination_cidr_block')),
  create(object, context) {
    const operation = 'CreateVpnConnectionRoute'
    const connection = demand(context, 'aws_vpn_connection', object, 'vpn_connection_id', 'vpnConnection', operation)
    if (!flag(connection.attributes, 'static_routes_only')) {
      throw apiError(operation, 'IncorrectState', `The vpnConnection '${connection.id}' uses dynamic routing and takes no static routes.`, 'vpn_connection_id')
    }
    if (!readCidr(object['destination_cidr_block'])) {
      throw apiError(operation, 'InvalidParameterValue', `Value (${String(object['destination_cidr_block'])}) for parameter destinationCidrBlock is invalid.`, 'destination_cidr_block')
    }
    fill(object, { region: text(connection.attributes, 'region') })
  },
}

function checkConnection(object: Attributes, context: Context, operation: string): void {
  const customer = demand(context, 'aws_customer_gateway', object, 'customer_gateway_id', 'customerGateway', operation)
  const gateway = target(object, context, operation)
  const siblings = gatewaySiblings(object, context)
  if (gateway?.type === 'aws_vpn_gateway' && siblings.length >= connectionsPerGateway) {
    throw apiError(operation, 'VpnConnectionLimitExceeded', `The maximum number of VPN connections per virtual private gateway (${connectionsPerGateway}) has been reached.`, 'vpn_gateway_id')
  }
  if (!flag(object, 'static_routes_only') && gateway && asnOf(customer.attributes) === String(gateway.attributes['amazon_side_asn'])) {
    throw apiError(operation, 'InvalidParameterValue', `The BGP ASN ${asnOf(customer.attributes)} of customer gateway ${customer.id} is the Amazon side ASN of ${gateway.id}; both sides need numbers of their own.`, 'customer_gateway_id')
  }
  const problem = tunnelProblem(object)
  if (problem) throw apiError(operation, 'InvalidParameterValue', problem.message, problem.name)
  checkInsideUse(object, siblings, operation)
}

function target(object: Attributes, context: Context, operation: string): CloudObject | undefined {
  if (text(object, 'vpn_gateway_id')) return demand(context, 'aws_vpn_gateway', object, 'vpn_gateway_id', 'vpnGateway', operation)
  if (text(object, 'transit_gateway_id')) return demand(context, 'aws_ec2_transit_gateway', object, 'transit_gateway_id', 'transitGateway', operation)
  return undefined
}

/** Other connections of the same gateway; they share the space of inside blocks. */
function gatewaySiblings(object: Attributes, context: Context): CloudObject[] {
  const name = text(object, 'vpn_gateway_id') ? 'vpn_gateway_id' : 'transit_gateway_id'
  if (!text(object, name)) return []
  return having(context.list('aws_vpn_connection'), name, object[name]).filter(({ id }) => id !== object['id'])
}

function insideBlocks(connection: Attributes): Cidr[] {
  return tunnels.map((tunnel) => readCidr(connection[`${tunnel}_inside_cidr`])).filter((block) => block !== undefined)
}

function checkInsideUse(object: Attributes, siblings: readonly CloudObject[], operation: string): void {
  const taken = siblings.flatMap(({ attributes }) => insideBlocks(attributes))
  for (const tunnel of tunnels) {
    const name = `${tunnel}_inside_cidr`
    const block = readCidr(object[name])
    if (!block) continue
    if (taken.some((other) => other.overlaps(block))) {
      throw apiError(operation, 'InvalidParameterValue', `Value (${block.toString()}) for parameter TunnelInsideCidr is invalid. The CIDR is already in use by a tunnel of the same gateway.`, name)
    }
    taken.push(block)
  }
}

function fillDefaults(object: Attributes, context: Context): void {
  fill(object, {
    core_network_arn: '', core_network_attachment_arn: '', enable_acceleration: false,
    local_ipv4_network_cidr: '0.0.0.0/0', local_ipv6_network_cidr: '', remote_ipv4_network_cidr: '0.0.0.0/0', remote_ipv6_network_cidr: '',
    outside_ip_address_type: 'PublicIpv4', preshared_key_arn: '', preshared_key_storage: 'Standard', static_routes_only: false,
    transit_gateway_attachment_id: text(object, 'transit_gateway_id') ? hexId('tgw-attach', String(object['id']), context) : '',
    tunnel_bandwidth: 'standard', tunnel_inside_ip_version: 'ipv4',
  })
}

function fillTunnels(object: Attributes, context: Context): void {
  const gateway = target(object, context, 'CreateVpnConnection')
  const dynamic = !flag(object, 'static_routes_only')
  for (const tunnel of tunnels) {
    const salt = `${String(object['id'])}/${tunnel}`
    fill(object, { [`${tunnel}_inside_cidr`]: freeInside(object, context, salt) })
    const block = readCidr(object[`${tunnel}_inside_cidr`])
    fill(object, {
      [`${tunnel}_address`]: context.address(salt),
      [`${tunnel}_bgp_asn`]: dynamic ? String(gateway?.attributes['amazon_side_asn'] ?? '64512') : '',
      [`${tunnel}_bgp_holdtime`]: dynamic ? 30 : 0,
      [`${tunnel}_cgw_inside_address`]: block?.host(2).toString() ?? '',
      [`${tunnel}_inside_ipv6_cidr`]: '',
      [`${tunnel}_log_options`]: [{ cloudwatch_log_options: [{ ...noLog }] }],
      [`${tunnel}_preshared_key`]: `k${context.digest(`${salt}/key`).slice(0, 31)}`,
      [`${tunnel}_vgw_inside_address`]: block?.host(1).toString() ?? '',
    })
  }
}

/** An inside block of the cloud's own choice: the first free one behind a place that the id decides. */
function freeInside(object: Attributes, context: Context, salt: string): string {
  const taken = [object, ...gatewaySiblings(object, context).map(({ attributes }) => attributes)].flatMap(insideBlocks)
  const count = 1 << 14
  const start = parseInt(context.digest(salt).slice(0, 8), 16) % count
  for (let step = 0; step < count; step += 1) {
    const block = Cidr.of('169.254.0.0/16').child(30, (start + step) % count)
    if (isUsableInside(block) && !taken.some((other) => other.overlaps(block))) return block.toString()
  }
  throw apiError('CreateVpnConnection', 'InsufficientAddressCapacity', 'No inside CIDR is free on the gateway.')
}

/** The configuration for the device opposite, without the keys that the real one repeats. */
function configuration(object: Attributes): string {
  const lines = tunnels.map((tunnel) => `  <ipsec_tunnel><vpn_gateway><tunnel_outside_address><ip_address>${String(object[`${tunnel}_address`])}</ip_address></tunnel_outside_address></vpn_gateway></ipsec_tunnel>`)
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<vpn_connection id="${String(object['id'])}">`, ...lines, '</vpn_connection>'].join('\n')
}
