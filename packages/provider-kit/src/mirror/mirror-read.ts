import { blocksOf, Cidr, IpAddress, isToken, knownText, strengthOrder, textsOf, type EndView, type Known, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'

type Block = Readonly<Record<string, unknown>>

/** What a connection hangs on. */
interface Surroundings {
  readonly id: string
  readonly resources: ResourceSet
  readonly connection: ResourceView
  readonly gateway: ResourceView | undefined
  readonly network: ResourceView | undefined
}

/** Ends of all connections, read from the resources alone. */
export function read(id: string, resources: ResourceSet): EndView[] {
  return resources.ofType(`${id}_connection`).flatMap((connection) => {
    const gateway = resources.follow(connection.values['gateway_id'], `${id}_gateway`)
    const network = resources.follow(gateway?.values['network_id'], `${id}_network`)
    return blocksOf(connection.values['tunnel']).map((tunnel, index) => endOf({ id, resources, connection, gateway, network }, tunnel, index))
  })
}

/** Networks with their subnets, made or looked up. */
export function networks(id: string, resources: ResourceSet): NetworkView[] {
  return [`${id}_network`, `data.${id}_network`].flatMap((type) => resources.ofType(type)).map((network) => ({
    cloud: id,
    site: network.name,
    address: network.address,
    id: knownText(resources, network, 'id'),
    name: known(network.values['label']),
    cidrs: textsOf(network.values['cidrs']),
    subnets: resources.ofType(`${id}_subnet`).filter(({ values }) => resources.follow(values['network_id'], network.type) === network).map((subnet): SubnetView => ({
      name: String(subnet.values['name']), id: knownText(resources, subnet, 'id'), cidr: String(subnet.values['cidr']),
    })),
    details: {},
  }))
}

function endOf({ id, resources, connection, gateway, network }: Surroundings, tunnel: Block, index: number): EndView {
  const { values } = connection
  const routing = values['routing'] === 'static' ? 'static' : 'bgp'
  const idle = tunnel['idle'] === true
  const local = gateway && values['fresh'] !== true ? resources.attribute(gateway, 'addresses', Number(tunnel['slot'])) : resources.attribute(connection, 'tunnel', index, 'address')
  return {
    cloud: id,
    connection: connection.address,
    at: { ...(gateway ? { 'asn.local': gateway.address } : {}), ...(network ? { 'prefixes.local': network.address } : {}) },
    outside: { local: known(local), peer: known(tunnel['peer_address']) },
    ...(routing === 'bgp' ? { asn: { local: number(gateway?.values['asn']), peer: number(values['peer_asn']) } } : {}),
    ...(routing === 'bgp' && !idle ? { inside: insideOf(tunnel) } : {}),
    routing,
    prefixes: { local: textsOf(network?.values['cidrs']), ...(routing === 'static' ? { peer: textsOf(values['routes']) } : {}) },
    ikeVersion: values['ike_version'] === 1 ? 1 : 2,
    ...phasesOf(values),
    key: known(tunnel['key']),
    initiates: values['initiates'] === true,
    mayIdle: idle,
  }
}

function phasesOf(values: Block): Pick<EndView, 'phase1' | 'phase2'> {
  const [phase1 = {}] = blocksOf(values['phase1'])
  const [phase2 = {}] = blocksOf(values['phase2'])
  return {
    phase1: {
      encryption: among(strengthOrder.encryption, phase1['encryption']),
      integrity: among(strengthOrder.integrity, phase1['integrity']),
      prf: among(strengthOrder.prf, phase1['prf']),
      dhGroup: among(strengthOrder.dhGroup, phase1['group']),
      lifetime: { seconds: Number(values['phase1_lifetime']), fixed: false },
    },
    phase2: {
      encryption: among(strengthOrder.encryption, phase2['encryption']),
      integrity: among(strengthOrder.integrity, phase2['integrity']),
      pfs: among(strengthOrder.pfs, phase2['group']),
      lifetime: { seconds: Number(values['phase2_lifetime']), fixed: false },
    },
  }
}

/** An address outside the block of its tunnel is none that works. */
function insideOf(tunnel: Block): NonNullable<EndView['inside']> {
  const cidr = Cidr.of(String(tunnel['inside_cidr']))
  const address = (name: string): Known<string> => {
    const value = known(tunnel[name])
    return isToken(value) || cidr.contains(IpAddress.of(value)) ? value : `${value} outside ${cidr}`
  }
  return { local: address('inside_local'), peer: address('inside_peer'), prefix: cidr.prefix }
}

function among<T extends string | number>(names: readonly T[], value: unknown): T[] {
  return names.filter((name) => String(name) === value)
}

function known(value: unknown): Known<string> {
  return isToken(value) ? value : String(value)
}

function number(value: unknown): Known<number> {
  return isToken(value) ? value : Number(value)
}
