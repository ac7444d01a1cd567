import { Cidr } from '../address/cidr.ts'
import type { DhGroup, Encryption, Integrity, PfsGroup, Prf } from '../ipsec/vocabulary.ts'
import { strengthOrder } from '../ipsec/strength.ts'
import { blocksOf, textsOf } from '../agreement/attribute-value.ts'
import type { EndView, Known, ResourceSet, ResourceView } from '../agreement/end-view.ts'
import { isToken } from '../agreement/resource-set.ts'

type Block = Readonly<Record<string, unknown>>

/** Reads the ends of an invented cloud out of its resources alone, following ids from one to the next. */
export function acmeRead(id: string, resources: ResourceSet): EndView[] {
  return resources.ofType(`${id}_connection`).flatMap((connection) => {
    const gateway = resources.follow(connection.values['gateway_id'], `${id}_gateway`)
    const network = resources.follow(gateway?.values['network_id'], `${id}_network`)
    return blocksOf(connection.values['tunnel']).map((tunnel, index) => endOf(resources, { connection, gateway, network }, tunnel, index))
  })
}

interface Surroundings {
  readonly connection: ResourceView
  readonly gateway: ResourceView | undefined
  readonly network: ResourceView | undefined
}

function endOf(resources: ResourceSet, { connection, gateway, network }: Surroundings, tunnel: Block, index: number): EndView {
  const { values } = connection
  const routing = values['routing'] === 'static' ? 'static' : 'bgp'
  const slot = Number(tunnel['local_slot'])
  const [policy = {}] = blocksOf(values['policy'])
  const local = gateway && values['fresh'] !== true ? resources.attribute(gateway, 'addresses', slot) : resources.attribute(connection, 'tunnel', index, 'address')
  return {
    cloud: connection.type.replace(/_connection$/, ''),
    connection: connection.address,
    at: { ...(gateway ? { 'asn.local': gateway.address } : {}), ...(network ? { 'prefixes.local': network.address } : {}) },
    outside: { local: known(local), peer: known(tunnel['peer_address']) },
    ...(routing === 'bgp' ? { inside: insideOf(tunnel), asn: { local: number(gateway?.values['asn'] ?? values['asn']), peer: number(values['peer_asn']) } } : {}),
    routing,
    prefixes: { local: textsOf(network?.values['cidrs']), ...(routing === 'static' ? { peer: textsOf(values['routes']) } : {}) },
    ikeVersion: values['ike_version'] === 1 ? 1 : 2,
    phase1: {
      encryption: among<Encryption>(strengthOrder.encryption, policy['phase1_encryption']),
      integrity: among<Integrity>(strengthOrder.integrity, policy['phase1_integrity']),
      prf: among<Prf>(strengthOrder.prf, policy['phase1_prf']),
      dhGroup: among<DhGroup>(strengthOrder.dhGroup, policy['phase1_group']),
      lifetime: { seconds: Number(values['phase1_lifetime']), fixed: values['lifetimes_fixed'] === true },
    },
    phase2: {
      encryption: among<Encryption>(strengthOrder.encryption, policy['phase2_encryption']),
      integrity: among<Integrity>(strengthOrder.integrity, policy['phase2_integrity']),
      pfs: among<PfsGroup>(strengthOrder.pfs, policy['phase2_group']),
      lifetime: { seconds: Number(values['phase2_lifetime']), fixed: values['lifetimes_fixed'] === true },
    },
    key: known(tunnel['key']),
    initiates: values['initiates'] === true,
    mayIdle: tunnel['idle'] === true,
  }
}

function insideOf(tunnel: Block): NonNullable<EndView['inside']> {
  const address = (name: string): Known<string> => known(tunnel[name])
  const cidr = typeof tunnel['inside_cidr'] === 'string' ? Cidr.of(tunnel['inside_cidr']) : undefined
  return { local: address('inside_local'), peer: address('inside_peer'), ...(cidr ? { prefix: cidr.prefix } : {}) }
}

function among<T extends string | number>(names: readonly T[], value: unknown): T[] {
  return names.filter((name) => value !== undefined && String(name) === String(value))
}

function known(value: unknown): Known<string> {
  return isToken(value) ? value : String(value)
}

function number(value: unknown): Known<number> {
  return isToken(value) ? value : Number(value)
}
