import { blocksOf, knownNumber, knownText, textsOf, understand, type EndView, type Known, type ResourceSet, type ResourceView, type Spellings, type TransformKind, type TransformNames } from '@isthmus/core'
import { facts, lifetimes } from './facts.ts'
import { indexOf, type Index } from './resource-index.ts'
import { within } from './resource-value.ts'

const phase1Words = facts.ciphers.phase1.value
const phase2Words = facts.ciphers.phase2.value

/** What `detailed_status` says of a working tunnel; every other text names a reason why it is not. */
const upText = 'Tunnel is up and running.'

const classicGateway = 'google_compute_vpn_gateway'
const haGateway = 'google_compute_ha_vpn_gateway'

/** Reads every VPN tunnel back into an end, whether its resources come from a stack, a plan or a state. */
export function read(resources: ResourceSet): EndView[] {
  const index = indexOf(resources)
  return resources.ofType('google_compute_vpn_tunnel').map((tunnel) => (tunnel.values['target_vpn_gateway'] ? staticEnd(index, tunnel) : bgpEnd(index, tunnel)))
}

function bgpEnd(index: Index, tunnel: ResourceView): EndView {
  const { resources } = index
  const gateway = resources.follow(tunnel.values['vpn_gateway'], haGateway)
  const external = resources.follow(tunnel.values['peer_external_gateway'], 'google_compute_external_vpn_gateway')
  const routerInterface = index.interfaceOf(tunnel)
  const session = routerInterface && index.sessionOf(routerInterface)
  const router = resources.follow(session?.values['router'], 'google_compute_router')
  const network = networkOf(index, gateway)
  const local = localPrefixes(index, network)
  return {
    ...commonOf(resources, tunnel),
    at: {
      ...(external && { 'outside.peer': external.address }),
      ...(session && { inside: session.address, 'asn.peer': session.address }),
      ...(router && { 'asn.local': router.address }),
      ...(routerInterface && { insidePrefix: routerInterface.address }),
      ...(network && { 'prefixes.local': network.address }),
    },
    outside: { local: haAddress(resources, tunnel, 'vpn_gateway'), peer: tunnel.values['peer_gcp_gateway'] ? haAddress(resources, tunnel, 'peer_gcp_gateway') : externalAddress(resources, tunnel, external) },
    ...(routerInterface && session && { inside: insideOf(resources, routerInterface, session), asn: asnOf(resources, session) }),
    routing: 'bgp',
    ...(local && { prefixes: { local } }),
  }
}

function staticEnd(index: Index, tunnel: ResourceView): EndView {
  const { resources } = index
  const rules = index.rulesOf(tunnel)
  const [rule] = rules
  const gateway = resources.follow(rule?.values['target'] ?? tunnel.values['target_vpn_gateway'], classicGateway)
  const network = networkOf(index, gateway)
  const local = localPrefixes(index, network)
  const routes = index.routesOver(tunnel)
  const [route] = routes
  return {
    ...commonOf(resources, tunnel),
    at: {
      ...(gateway && { 'outside.local': gateway.address }),
      ...(network && { 'prefixes.local': network.address }),
      ...(route && { 'prefixes.peer': route.address }),
    },
    outside: { local: classicAddress(resources, tunnel, rules), peer: knownText(resources, tunnel, 'peer_ip') },
    routing: 'static',
    prefixes: { ...(local && { local }), peer: routes.map((each) => knownText(resources, each, 'dest_range')) },
  }
}

/** HA VPN has no selectors of its own and lets everything pass; so does a route-based tunnel of Classic VPN. */
function selector(tunnel: ResourceView, side: 'local' | 'remote'): string[] {
  const blocks = textsOf(tunnel.values[`${side}_traffic_selector`])
  return blocks.length > 0 ? blocks : ['0.0.0.0/0']
}

type Common = Omit<EndView, 'at' | 'outside' | 'inside' | 'routing' | 'asn' | 'prefixes'>

function commonOf(resources: ResourceSet, tunnel: ResourceView): Common {
  const status = tunnel.values['detailed_status']
  return {
    cloud: 'gcp',
    connection: tunnel.address,
    selectors: { local: selector(tunnel, 'local'), peer: selector(tunnel, 'remote') },
    ikeVersion: tunnel.values['ike_version'] === 1 ? 1 : 2,
    ...phasesOf(tunnel),
    key: knownText(resources, tunnel, 'shared_secret'),
    initiates: facts.initiation.value.canInitiate,
    mayIdle: false,
    ...(typeof status === 'string' && status !== '' && { status: status === upText ? 'up' : 'down' }),
  }
}

function phasesOf(tunnel: ResourceView): Pick<EndView, 'phase1' | 'phase2'> {
  const [suite] = blocksOf(tunnel.values['cipher_suite'])
  const [phase1] = blocksOf(suite?.['phase1'])
  const [phase2] = blocksOf(suite?.['phase2'])
  return {
    phase1: {
      encryption: told('encryption', phase1Words.encryption, phase1, 'encryption'),
      integrity: told('integrity', phase1Words.integrity, phase1, 'integrity'),
      prf: told('prf', phase1Words.prf, phase1, 'prf'),
      dhGroup: told('dhGroup', phase1Words.dhGroup, phase1, 'dh'),
      lifetime: { seconds: lifetimes.phase1, fixed: true },
    },
    phase2: {
      encryption: told('encryption', phase2Words.encryption, phase2, 'encryption'),
      integrity: told('integrity', phase2Words.integrity, phase2, 'integrity'),
      pfs: told('pfs', phase2Words.pfs, phase2, 'pfs'),
      lifetime: { seconds: lifetimes.phase2, fixed: true },
    },
  }
}

/** Neutral names of what a phase is told; without the block the cloud proposes all it knows. */
function told<Kind extends TransformKind>(kind: Kind, words: Spellings<Kind>, phase: Readonly<Record<string, unknown>> | undefined, role: string): TransformNames[Kind][] {
  return understand(kind, words, phase ? textsOf(phase[role]) : Object.values(words))
}

/** Address of one of the two gateways that a tunnel between gateways of the cloud names; both have the same interface. */
function haAddress(resources: ResourceSet, tunnel: ResourceView, pointer: 'vpn_gateway' | 'peer_gcp_gateway'): Known<string> {
  const path = ['vpn_interfaces', Number(tunnel.values['vpn_gateway_interface'] ?? 0), 'ip_address'] as const
  const gateway = resources.follow(tunnel.values[pointer], haGateway)
  return gateway ? knownText(resources, gateway, ...path) : within(tunnel, pointer, path)
}

function externalAddress(resources: ResourceSet, tunnel: ResourceView, external: ResourceView | undefined): Known<string> {
  const id = Number(tunnel.values['peer_external_gateway_interface'] ?? 0)
  const position = blocksOf(external?.values['interface']).findIndex((each) => each['id'] === id)
  return external && position >= 0 ? knownText(resources, external, 'interface', position, 'ip_address') : knownText(resources, tunnel, 'peer_ip')
}

/** What IKE and ESP need passed on, as protocol and port. */
const vpnTraffic = ['ESP', 'UDP 500', 'UDP 4500']

/**
 * The address from which all VPN traffic reaches the gateway. A rule holds the address itself in a state, and before that
 * points to the reserved one. While one of the three rules leads elsewhere, the gateway has no address that works.
 */
function classicAddress(resources: ResourceSet, tunnel: ResourceView, rules: readonly ResourceView[]): Known<string> {
  const complete = vpnTraffic.map((traffic) => rules.find((rule) => trafficOf(rule) === traffic))
  const addresses = complete.map((rule) => {
    const reserved = resources.follow(rule?.values['ip_address'], 'google_compute_address')
    return reserved ? knownText(resources, reserved, 'address') : rule && knownText(resources, rule, 'ip_address')
  })
  const [first] = addresses
  const same = new Set(addresses.map((address) => JSON.stringify(address))).size === 1
  return first !== undefined && same ? first : within(tunnel, 'target_vpn_gateway', ['ip_address'])
}

/** The cloud gives `500` back as `500-500`. */
function trafficOf({ values }: ResourceView): string {
  const ports = values['port_range']
  return [values['ip_protocol'], typeof ports === 'string' ? ports.split('-')[0] : ''].filter(Boolean).join(' ')
}

/** The interface and the session on it both state the local address; where they differ the tunnel has neither. */
function insideOf(resources: ResourceSet, routerInterface: ResourceView, session: ResourceView): NonNullable<EndView['inside']> {
  const range = knownText(resources, routerInterface, 'ip_range')
  const [address, length] = typeof range === 'string' ? range.split('/') : []
  const local = knownText(resources, session, 'ip_address')
  return {
    local: typeof range !== 'string' ? range : local === address ? local : `${address} and ${typeof local === 'string' ? local : local.token}`,
    peer: knownText(resources, session, 'peer_ip_address'),
    ...(length !== undefined && { prefix: Number(length) }),
  }
}

function asnOf(resources: ResourceSet, session: ResourceView): NonNullable<EndView['asn']> {
  const router = resources.follow(session.values['router'], 'google_compute_router')
  const path = ['bgp', 0, 'asn'] as const
  return {
    local: router ? knownNumber(resources, router, ...path) : within(session, 'router', path),
    peer: knownNumber(resources, session, 'peer_asn'),
  }
}

function networkOf(index: Index, gateway: ResourceView | undefined): ResourceView | undefined {
  return index.resources.follow(gateway?.values['network'], 'google_compute_network')
}

/** Ranges of the subnetworks of a network; undefined while none is at hand. */
function localPrefixes(index: Index, network: ResourceView | undefined): Known<string>[] | undefined {
  const subnetworks = network ? index.subnetworksOf(network) : []
  const ranges = subnetworks.map((each) => knownText(index.resources, each, 'ip_cidr_range'))
  return ranges.length > 0 ? ranges.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : undefined
}
