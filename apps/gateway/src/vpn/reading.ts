import { isToken, proveAgreement, type AnyProvider, type EndView, type Plan, type ResourceView } from '@isthmus/core'
import type { ResourceDetail, Tunnel, Vpn } from './vpn.ts'

/** What the clouds hold of a VPN. */
export interface VpnReading {
  readonly tunnels: readonly Tunnel[]
  /** Disagreements of the two ends, as sentences. */
  readonly problems: readonly string[]
  /** Resources of the gateways and connections, by end. */
  readonly resources: readonly [ResourceDetail[], ResourceDetail[]]
}

/** Attributes that hold secrets whatever the provider says; nothing of them is ever kept. */
const secretAttribute = /(?:pre.?shared?|shared?.?key|psk|secret|password|token|customer_gateway_configuration)/i

/** Reads a VPN out of the resources of its gateways and its link. */
export function readVpn(views: readonly ResourceView[], vpn: Vpn, { plan, link }: { readonly plan: Plan; readonly link: string }, providers: readonly AnyProvider[]): VpnReading {
  const proof = proveAgreement(views, plan, providers, [link])
  const [a, b] = vpn.sites
  const tunnels = proof.tunnels.map(({ sites, ends }): Tunnel => {
    const [first, second] = sites[0] === a.uid ? ends : [ends[1], ends[0]]
    return { outside: [outsideOf(first), outsideOf(second)], state: stateOf([first.status, second.status]) }
  })
  const siteOfResource = new Map(plan.fragments.flatMap((fragment) => fragment.resources.map(({ type, name }) => [`${type}.${name}`, fragment])))
  const detailsOf = (uid: string): ResourceDetail[] => views.flatMap((view) => {
    const fragment = siteOfResource.get(view.address)
    return fragment?.site === uid && !fragment.id.startsWith('network/') ? [detailOf(view)] : []
  })
  return {
    tunnels: tunnels.sort((x, y) => (x.outside.join() < y.outside.join() ? -1 : 1)),
    problems: proof.findings.map(({ title }) => title),
    resources: [detailsOf(a.uid), detailsOf(b.uid)],
  }
}

function detailOf({ address, type, name, values, sensitive }: ResourceView): ResourceDetail {
  const detail = membersShown(values, sensitive)
  const text = (key: string): string => (typeof values[key] === 'string' ? values[key] : '')
  return { name: text('name') || name, id: text('id') || address, status: text('status') || text('state'), detail: { ...detail, resource_type: type } }
}

/** A value without secrets, and without stand-ins for what is not known. @param sensitive which members OpenTofu calls so */
function shown(value: unknown, sensitive: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap((item, index) => (memberOf(sensitive, index) === true ? [] : [shown(item, memberOf(sensitive, index))]))
  if (typeof value !== 'object' || value === null) return value
  return isToken(value) ? '' : membersShown(value, sensitive)
}

function membersShown(value: object, sensitive: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (secretAttribute.test(key) || memberOf(sensitive, key) === true ? [] : [[key, shown(member, memberOf(sensitive, key))]])))
}

function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
}

function outsideOf(end: EndView): string {
  return typeof end.outside.local === 'string' ? end.outside.local : ''
}

function stateOf(states: readonly EndView['status'][]): Tunnel['state'] {
  return states.includes('down') ? 'down' : states.includes('up') ? 'up' : 'agreed'
}
