import { isToken, strengthOrder, type ResourceView } from '@isthmus/core'
import { argumentsOf, withChange, type Argument } from './arguments.ts'
import type { PlannedLink } from './planned-link.ts'

/** One way in which an end can be wrong. */
export interface Alteration {
  /** `a wrong key`; with who has it wrong. */
  readonly what: string
  /** The link's resources with one value changed, each by what was changed. There may be none in a routing mode. */
  variants(link: PlannedLink): readonly Variant[]
}

/** Resources of a link in which one value is wrong. */
export interface Variant {
  readonly change: string
  readonly views: readonly ResourceView[]
}

/** Gives another value than the right one, or undefined for an argument that it does not concern. */
type Change = (argument: Argument, link: PlannedLink) => unknown

const anotherKey: Change = ({ value }) => (isToken(value) && value.token.startsWith('var.keys.') ? { token: `${value.token}0` } : undefined)

/** What the proof must find out, first at the end of the provider itself, then at the one opposite. */
export const alterations: readonly Alteration[] = [
  atOwnEnd('a wrong key', anotherKey),
  atOwnEnd('a wrong inside address', anotherInsideAddress),
  atOwnEnd('a wrong algorithm', anotherAlgorithm),
  atPeer('another key', ['key'], anotherKey),
  atPeer('another inside address', ['inside_local', 'inside_peer'], ({ value }, { half }) => (typeof value === 'string' && half.routing.mode === 'bgp' ? nextAddress(value) : undefined)),
  atPeer('another outside address', ['peer_address'], () => '192.0.2.1'),
  atPeer('another ASN', ['peer_asn', 'asn'], ({ value }, { half }) => (half.routing.mode === 'bgp' ? Number(value) + 1 : undefined)),
  atPeer('other algorithms', ['encryption', 'integrity', 'prf', 'group'], ({ path, value }) => otherThan(value, namesAt(path.at(-1)))),
  atPeer('another IKE version', ['ike_version'], () => 1),
]

function atOwnEnd(what: string, change: Change): Alteration {
  return { what: `${what} at its own end`, variants: (link) => variantsOf(link, (view) => !view.type.startsWith('mirror_') && isOfLink(link, view), change) }
}

function atPeer(what: string, names: readonly string[], change: Change): Alteration {
  const concerned: Change = (argument, link) => (names.includes(argument.path.at(-1) ?? '') ? change(argument, link) : undefined)
  return { what: `${what} at the other end`, variants: (link) => variantsOf(link, (view) => view.type === 'mirror_connection' || view.type === 'mirror_gateway', concerned) }
}

function variantsOf(link: PlannedLink, concerns: (view: ResourceView) => boolean, change: Change): Variant[] {
  return link.views.filter(concerns).flatMap(argumentsOf).flatMap((argument) => {
    const value = change(argument, link)
    return value === undefined ? [] : [{ change: `${argument.resource.address}.${argument.path.join('.')}`, views: withChange(link.views, argument, value) }]
  })
}

/** Resources of the link itself: those of a gateway may be ready for more than one link uses. */
function isOfLink({ plan }: PlannedLink, view: ResourceView): boolean {
  return plan.fragments.some((fragment) => fragment.id.startsWith('link/') && fragment.resources.some((resource) => resource.mode !== 'data' && `${resource.type}.${resource.name}` === view.address))
}

function anotherInsideAddress({ value }: Argument, { half }: PlannedLink): unknown {
  if (typeof value !== 'string' || half.routing.mode !== 'bgp') return undefined
  const addresses = half.connections.flatMap(({ tunnels }) => tunnels.flatMap(({ inside }) => [inside.local.toString(), inside.peer.toString(), inside.cidr.toString()]))
  const [address = '', prefix] = value.split('/')
  if (!addresses.includes(address) && !addresses.includes(value)) return undefined
  return `${nextAddress(address)}${prefix === undefined ? '' : `/${prefix}`}`
}

/** An address in another /30 of the same block of 256. */
function nextAddress(address: string): string {
  const parts = address.split('.').map(Number)
  return parts.with(3, ((parts[3] ?? 0) + 4) % 256).join('.')
}

function anotherAlgorithm({ value }: Argument, { site, half, providers }: PlannedLink): unknown {
  const facts = providers.find((provider) => provider.id === site.cloud)?.facts
  if (!facts || typeof value !== 'string') return undefined
  const { phase1, phase2 } = half.suite
  const chosen = new Set([...Object.values(phase1), ...Object.values(phase2)].map(String))
  const vocabularies = [...Object.values(facts.ciphers.phase1.value), ...Object.values(facts.ciphers.phase2.value)]
  const words = vocabularies.find((spellings) => Object.entries(spellings).some(([name, word]) => word === value && chosen.has(name)))
  return words ? otherThan(value, Object.values(words)) : undefined
}

function namesAt(argument: string | undefined): readonly (string | number)[] {
  if (argument === 'encryption') return strengthOrder.encryption
  if (argument === 'integrity') return strengthOrder.integrity
  return argument === 'prf' ? strengthOrder.prf : strengthOrder.dhGroup
}

function otherThan(value: unknown, words: readonly unknown[]): unknown {
  const other = words.find((word) => String(word) !== String(value))
  return other === undefined ? undefined : String(other)
}
