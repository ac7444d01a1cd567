import { Cidr } from '@isthmus/core'
import { type Attributes, type Behaviour, type Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { compute, demand, digits, fingerprint, inUse, invalidValue, resolve, userOf } from './resource.ts'

/** Types that keep a network from being deleted. */
const insideNetwork = [
  'google_compute_subnetwork', 'google_compute_router', 'google_compute_ha_vpn_gateway', 'google_compute_vpn_gateway',
  'google_compute_route', 'google_compute_firewall', 'google_compute_address',
].map((type) => [type, 'network'] as const)

/** Ranges that no subnet can have (Google Cloud "Subnets", prohibited IPv4 subnet ranges). */
const refused = [
  '0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32', '199.36.153.4/30', '199.36.153.8/30',
].map((block) => Cidr.of(block))

export const network: Behaviour = compute({ title: 'Network', collection: 'networks', scope: 'global' }, () => [], {
  create(object, context) {
    const number = digits(String(object['id']), 19, context)
    fill(object, {
      bgp_always_compare_med: false,
      bgp_best_path_selection_mode: 'LEGACY',
      bgp_inter_region_cost: '',
      gateway_ipv4: '',
      internal_ipv6_range: '',
      mtu: 1460,
      network_id: number,
      numeric_id: number,
      routing_mode: 'REGIONAL',
    })
  },
  // What only the data source shows is left out of the resource by its schema.
  read: (object, context) => ({ ...object, subnetworks_self_links: subnetworksOf(object, context) }),
  remove(object, context) {
    const user = userOf(context, object, 'google_compute_network', insideNetwork)
    if (user) throw inUse('Network', object, user)
  },
})

export const subnetwork: Behaviour = compute({ title: 'Subnetwork', collection: 'subnetworks', scope: 'region' }, () => [], {
  create(object, context) {
    const action = 'creating Subnetwork'
    const range = checkRange(object, context, action)
    fill(object, {
      allow_subnet_cidr_routes_overlap: false,
      external_ipv6_prefix: '',
      fingerprint: fingerprint(String(object['id']), context),
      gateway_address: range.host(1).toString(),
      internal_ipv6_prefix: '',
      ipv6_cidr_range: '',
      ipv6_gce_endpoint: '',
      private_ip_google_access: false,
      private_ipv6_google_access: 'DISABLE_GOOGLE_ACCESS',
      purpose: 'PRIVATE',
      secondary_ip_range: [],
      stack_type: 'IPV4_ONLY',
      state: '',
      subnetwork_id: Number(digits(String(object['id']), 15, context)),
    })
  },
  update(prior, object, context) {
    const action = 'updating Subnetwork'
    const range = checkRange(object, context, action)
    const before = readCidr(prior['ip_cidr_range'])
    if (before && !range.contains(before)) {
      throw invalidValue(action, 'ipCidrRange', range, 'The new range must contain the present one: a subnetwork can only grow.', 'ip_cidr_range')
    }
  },
  // A range that does not contain the present one makes a new subnetwork.
  replaces(prior, planned) {
    const before = readCidr(prior['ip_cidr_range'])
    const after = readCidr(planned['ip_cidr_range'])
    return before && after && !after.contains(before) ? ['ip_cidr_range'] : []
  },
  remove(object, context) {
    const user = userOf(context, object, 'google_compute_subnetwork', [['google_compute_address', 'subnetwork']])
    if (user) throw inUse('Subnetwork', object, user)
  },
})

function subnetworksOf(network: Attributes, context: Context): unknown[] {
  return context.list('google_compute_subnetwork')
    .filter(({ attributes }) => resolve(context, 'google_compute_network', attributes['network'], attributes)?.id === network['id'])
    .map(({ attributes }) => attributes['self_link'])
}

function checkRange(object: Attributes, context: Context, action: string): Cidr {
  const parent = demand(context, 'google_compute_network', object, 'network', action)
  const written = object['ip_cidr_range']
  const range = readCidr(written)
  if (!range || range.family !== 4 || range.prefix < 4 || range.prefix > 29) {
    throw invalidValue(action, 'ipCidrRange', written, 'Must be a CIDR address range of /4 to /29 without host bits.', 'ip_cidr_range')
  }
  if (refused.some((block) => block.overlaps(range))) {
    throw invalidValue(action, 'ipCidrRange', written, 'The range is reserved and cannot be used for a subnetwork.', 'ip_cidr_range')
  }
  for (const sibling of context.list('google_compute_subnetwork')) {
    if (sibling.id === object['id'] || resolve(context, 'google_compute_network', sibling.attributes['network'], sibling.attributes)?.id !== parent.id) continue
    if (!readCidr(sibling.attributes['ip_cidr_range'])?.overlaps(range)) continue
    const message = `Invalid IPCidrRange: ${range.toString()} conflicts with existing subnetwork '${text(sibling.attributes, 'name') ?? sibling.id}' in region '${text(sibling.attributes, 'region') ?? ''}'.`
    throw invalidValue(action, 'ipCidrRange', written, message, 'ip_cidr_range')
  }
  return range
}
