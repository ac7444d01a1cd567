import { blocksOf, Cidr, isToken, knownText, textsOf, understand, type EndView, type Known, type NetworkView, type ResourceSet, type ResourceView } from '@isthmus/core'
import { facts } from './facts.ts'

type Block = Readonly<Record<string, unknown>>

/** The end of every tunnel, from resources alone. */
export function read(resources: ResourceSet): EndView[] {
  return resources.ofType('acme_tunnel').map((tunnel) => {
    const gateway = resources.follow(tunnel.values['gateway_id'], 'acme_gateway')
    const far = resources.follow(tunnel.values['far_end_id'], 'acme_far_end')
    const network = resources.follow(gateway?.values['network_id'], 'acme_network')
    const [bgp] = blocksOf(tunnel.values['bgp'])
    const routes = resources.ofType('acme_route').filter(({ values }) => resources.follow(values['tunnel_id'], 'acme_tunnel') === tunnel)
    return {
      cloud: 'acme',
      connection: tunnel.address,
      at: { ...(gateway && { 'outside.local': gateway.address, 'asn.local': gateway.address }), ...(far && { 'outside.peer': far.address, 'asn.peer': far.address }), ...(network && { 'prefixes.local': network.address }) },
      outside: { local: gateway ? known(resources.attribute(gateway, 'addresses', Number(tunnel.values['interface']))) : 'none', peer: known(far?.values['address']) },
      ...(bgp ? { inside: insideOf(bgp), asn: { local: number(gateway?.values['asn']), peer: number(far?.values['asn']) } } : {}),
      routing: bgp ? 'bgp' : 'static',
      prefixes: { local: textsOf(network?.values['cidrs']), ...(bgp ? {} : { peer: routes.map(({ values }) => String(values['destination'])) }) },
      ikeVersion: 2,
      ...phasesOf(tunnel),
      key: known(tunnel.values['shared_key']),
      initiates: tunnel.values['initiate'] === true,
      mayIdle: false,
    }
  })
}

/** Every yard with its beds. */
export function networks(resources: ResourceSet): NetworkView[] {
  return resources.ofType('acme_network').map((network) => {
    const subnets = resources.ofType('acme_subnet').filter(({ values }) => resources.follow(values['network_id'], 'acme_network') === network)
    return {
      cloud: 'acme', site: network.name, address: network.address, id: knownText(resources, network, 'id'), name: known(network.values['name']), cidrs: textsOf(network.values['cidrs']),
      subnets: subnets.map((subnet) => ({ name: String(subnet.values['name']), id: knownText(resources, subnet, 'id'), cidr: String(subnet.values['cidr']) })),
      details: {},
    }
  })
}

function phasesOf({ values }: ResourceView): Pick<EndView, 'phase1' | 'phase2'> {
  const [[ike = {}], [esp = {}]] = [blocksOf(values['ike']), blocksOf(values['esp'])]
  const [phase1, phase2] = [facts.ciphers.phase1.value, facts.ciphers.phase2.value]
  return {
    phase1: {
      encryption: understand('encryption', phase1.encryption, ike['encryption']), integrity: understand('integrity', phase1.integrity, ike['integrity'] ?? []),
      prf: understand('prf', phase1.prf, ike['prf']), dhGroup: understand('dhGroup', phase1.dhGroup, ike['group']), lifetime: { seconds: Number(ike['lifetime']), fixed: false },
    },
    phase2: {
      encryption: understand('encryption', phase2.encryption, esp['encryption']), integrity: understand('integrity', phase2.integrity, esp['integrity'] ?? []),
      pfs: understand('pfs', phase2.pfs, esp['group']), lifetime: { seconds: Number(esp['lifetime']), fixed: false },
    },
  }
}

function insideOf(bgp: Block): NonNullable<EndView['inside']> {
  const cidr = Cidr.of(String(bgp['inside_cidr']))
  const address = (name: string): string => {
    const text = String(bgp[name])
    return cidr.contains(Cidr.of(`${text}/32`)) ? text : `${text} outside ${cidr}`
  }
  return { local: address('local_ip'), peer: address('far_ip'), prefix: cidr.prefix }
}

const known = (value: unknown): Known<string> => (isToken(value) ? value : String(value))
const number = (value: unknown): Known<number> => (isToken(value) ? value : Number(value))
