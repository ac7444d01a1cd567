/** How much a finding weighs: an `error` stops the plan, a `warning` and an `info` do not. */
export type Severity = 'error' | 'warning' | 'info'

interface CatalogueEntry {
  readonly severity: Severity
  /** Why a user should care; the default of `Finding.why`. */
  readonly why: string
  /** What people do about it in general; the page of findings is generated from it. */
  readonly remedy: string
}

const entry = (severity: Severity, why: string, remedy: string): CatalogueEntry => ({ severity, why, remedy })

/** Every finding code there is. A code is never renamed or reused. */
export const findingCatalogue = {
  // The order as text
  ORDER_UNREADABLE: entry('error', 'The text is not valid YAML or JSON, so nothing in it can be checked.', 'Correct the syntax at the named line.'),
  ORDER_INVALID: entry('error', 'The order does not have the shape its schema asks for.', 'Correct the named field; `isthmus schema` prints the schema.'),
  ORDER_UNKNOWN_FIELD: entry('error', 'A field nobody reads is usually a misspelt one, and its default would be used silently.', 'Remove the field or use the proposed spelling.'),
  NAME_INVALID: entry('error', 'Names become resource names in every cloud, and the strictest cloud decides what is allowed.', 'Use lower-case letters, digits and single hyphens, starting with a letter.'),
  CLOUD_UNKNOWN: entry('error', 'No provider of that name is loaded, so the site cannot be built.', 'Install the provider package or correct the name.'),
  VPN_NOT_ORDERABLE: entry('error', 'The cloud offers no way to make a VPN gateway by program, so its network can be designed and checked, but not linked.', 'Do what the finding names instead, or take the site out of the order.'),
  SITE_UNKNOWN: entry('error', 'The topology names a site that the order does not define.', 'Define the site or correct the name.'),
  LINK_TO_ITSELF: entry('error', 'A site cannot be linked to itself.', 'Remove the link.'),
  LINK_DUPLICATE: entry('error', 'Two links between the same two sites would compete for the same routes.', 'Keep one of the two.'),
  LINK_UNKNOWN: entry('error', 'Settings are given for a link that the topology does not contain.', 'Add the link to the topology or remove the settings.'),
  SITES_TOO_FEW: entry('error', 'A link needs two sites.', 'Add a site, or ask for networks alone with `topology: { links: [] }`.'),

  // Addresses
  CIDR_INVALID: entry('error', 'An address block that can be read in two ways would be routed in two ways.', 'Write the network address and prefix length, such as 10.10.0.0/16.'),
  CIDR_HOST_BITS: entry('error', 'The address has bits set behind its prefix length; clouds refuse or silently change it.', 'Use the network address that the finding proposes.'),
  CIDR_OVERLAP: entry('error', 'Routes to one of the two would be ambiguous on every link.', 'Renumber one of the two; the finding proposes a free block. Between sites that no link connects it is only a warning.'),
  CIDR_OUT_OF_RANGE: entry('error', 'The cloud does not accept network addresses from there.', 'Choose a block inside the ranges that the finding lists.'),
  CIDR_RESERVED: entry('error', 'The cloud uses these addresses itself, so traffic to them would never leave it.', 'Choose a block that does not touch the reserved one.'),
  PREFIX_LENGTH: entry('error', 'The cloud refuses networks of this size.', 'Use a prefix length inside the bounds that the finding names.'),
  SUBNET_MISSING: entry('error', 'A network without a subnet can hold nothing.', 'Add a subnet or leave subnets out to get one by default.'),
  SUBNET_OUTSIDE: entry('error', 'A subnet must lie inside its network.', 'Move the subnet into the block of its network.'),
  SUBNET_OVERLAP: entry('error', 'Two subnets of one network cannot share addresses.', 'Use the free block that the finding proposes.'),
  SUBNET_DUPLICATE_NAME: entry('error', 'Two subnets of one network cannot share a name.', 'Rename one of the two.'),
  GATEWAY_SUBNET_MISSING: entry('error', 'The cloud puts its VPN gateway into a subnet of its own, which is not there.', 'Add it in the free block that the finding proposes.'),
  GATEWAY_SUBNET_NAME: entry('error', 'The cloud finds the gateway subnet by its exact name.', 'Use exactly the name that the finding gives.'),
  GATEWAY_SUBNET_TOO_SMALL: entry('error', 'A gateway subnet that is too small cannot hold the instances of the gateway and cannot grow later.', 'Use the free block that the finding proposes.'),
  NETWORK_UNSUITABLE: entry('error', 'A network that is there already is used as it is, so what a gateway of its cloud needs must be in it.', 'Add what the finding names to the network, then register it again.'),
  ADDRESS_SPACE_EXHAUSTED: entry('error', 'The design does not fit into the block it was given.', 'Use a larger block, or ask for fewer or smaller networks.'),

  // Places
  REGION_UNKNOWN: entry('error', 'A region that the cloud does not know fails only after other resources were made.', 'Use the proposed spelling, or give the zones by hand for a region newer than the facts.'),
  ZONE_UNKNOWN: entry('error', 'A zone outside the region fails only after other resources were made.', 'Use one of the zones that the finding lists.'),

  // Agreement of two ends
  SUITE_NO_OVERLAP: entry('error', 'The two ends have no algorithm in common that the policy allows, so IKE would end with NO_PROPOSAL_CHOSEN.', 'Relax the policy at the field that the finding names.'),
  SUITE_WEAK: entry('warning', 'The named algorithm is broken or too short by current recommendations (RFC 8247, RFC 8221).', 'Remove it from the custom suite.'),
  LIFETIME_UNSUPPORTED: entry('warning', 'One end cannot use the lifetime that was asked for.', 'Use a lifetime inside the range that the finding names, or leave it out.'),
  ROUTING_NO_COMMON_MODE: entry('error', 'The two ends share no routing mode.', 'Allow the mode that the finding names, or link other sites.'),
  WIRING_IMPOSSIBLE: entry('error', 'No arrangement of tunnels satisfies the rules of both ends.', 'Use the alternative that the finding names.'),
  LINK_NOT_REDUNDANT: entry('warning', 'The link does not survive the loss of one address of one end.', 'Accept it, or use the routing mode that the finding names.'),
  ASN_RESERVED: entry('error', 'The cloud or its peer refuses this autonomous system number.', 'Use the number that the finding proposes.'),
  ASN_CLASH: entry('error', 'Two sites with one autonomous system number drop each other’s routes as loops.', 'Use the number that the finding proposes, or leave it out.'),
  INSIDE_CIDR_RESERVED: entry('error', 'One end refuses this block for the inside of a tunnel.', 'Use a block outside the reserved ones, or leave it out.'),
  INSIDE_CIDR_RANGE: entry('error', 'One end accepts inside addresses only from the named ranges.', 'Use a block inside the ranges, or leave it out.'),
  INSIDE_CIDR_CLASH: entry('error', 'One gateway cannot use an inside block for two tunnels.', 'Give each tunnel a block of its own, or leave it out.'),
  INSIDE_CIDR_EXHAUSTED: entry('error', 'No inside block is left that both ends accept.', 'Enlarge the pool as the finding says, or remove a link.'),
  INITIATOR_UNABLE: entry('error', 'The named end cannot start IKE, so the tunnel would wait for ever.', 'Let the other end start, or both.'),
  PSK_ALPHABET: entry('error', 'The two ends accept no pre-shared key in common.', 'Link other sites; a key needs an alphabet and a length that both ends accept.'),
  QUOTA_CONNECTIONS: entry('error', 'The cloud refuses further VPN connections on this gateway.', 'Have the quota raised and say so in `limits`, or remove links.'),
  QUOTA_TUNNELS: entry('error', 'The cloud refuses further tunnels on this gateway.', 'Choose a larger gateway, have the quota raised and say so in `limits`, or remove links.'),
  TRANSIT_NOT_AVAILABLE: entry('warning', 'Spokes reach the hub but not each other.', 'Use a hub that passes routes on, or a full mesh.'),

  // Proof
  NETWORK_MISSING: entry('error', 'Nothing can run in a network or subnet that is not there, and nobody reaches it.', 'Apply the order, which makes what is missing.'),
  END_MISSING: entry('error', 'A tunnel with one end carries nothing.', 'Report it: two halves of one deal must always be written together.'),
  END_MISMATCH: entry('error', 'The two ends would not agree, so the tunnel would not come up or would carry no routes.', 'Correct the value at one of the two resources that the finding names.'),
  END_UNEXPECTED: entry('error', 'A connection that no link asked for costs money and may carry routes.', 'Remove it, or add its link to the order.'),

  // Runs
  LEFTOVER_POSSIBLE: entry('warning', 'A run was cut off while it made an object, so the object may exist without being known.', 'Look for it and adopt it with the command that the finding gives; if nothing is there, go on with --accept-leftovers.'),
} as const satisfies Record<string, CatalogueEntry>

/** Literal code of a finding. */
export type FindingCode = keyof typeof findingCatalogue
