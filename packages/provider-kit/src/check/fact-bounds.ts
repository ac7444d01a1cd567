import type { AsnRange, Fact, LifetimeRule, PrefixBounds, ProviderFacts, Quota } from '@isthmus/core'

/** Largest autonomous system number (RFC 6793). */
const lastAsn = 4_294_967_295

/** Bounds of the facts that nothing fits into, or that go beyond what there is. */
export function brokenBounds(facts: ProviderFacts): string[] {
  const { network, lifetimes, dpd, key, asn, quotas, durations } = facts
  const { phase1, phase2 } = lifetimes.value
  return [
    ...prefixBounds('network.vnet.prefix', network.vnet.prefix),
    ...prefixBounds('network.subnet.prefix', network.subnet.prefix),
    ...whole('network.subnet.reservedAddresses', network.subnet.reservedAddresses.value, 0, 256),
    ...(network.gatewaySubnet ? whole('network.gatewaySubnet.maxPrefix', network.gatewaySubnet.value.maxPrefix, 8, 32) : []),
    ...lifetime('lifetimes.phase1', phase1),
    ...lifetime('lifetimes.phase2', phase2),
    ...(dpd.value === 'fixed' ? [] : span('dpd.timeout', dpd.value.timeout.min, dpd.value.timeout.max, 1, 86_400)),
    ...span('key length', key.value.minLength, key.value.maxLength, 1, 4096),
    ...[...asn.value.own, ...asn.value.ownReserved, ...asn.value.peerReserved].flatMap((range) => asnRange(range)),
    ...(asn.value.own.length > 0 ? [] : ['facts.asn.own is empty: no gateway could have a number']),
    ...Object.entries(quotas).flatMap(([name, quota]: [string, Fact<Quota> | undefined]) => (quota ? whole(`quotas.${name}`, quota.value.limit, 1, 1_000_000) : [])),
    ...Object.entries(durations.value).flatMap(([type, times]) => [...seconds(`durations.${type}.create`, times.create), ...seconds(`durations.${type}.delete`, times.delete)]),
  ]
}

function prefixBounds(name: string, { value }: Fact<PrefixBounds>): string[] {
  return span(name, value.min, value.max, 0, 32)
}

function lifetime(name: string, rule: LifetimeRule): string[] {
  return typeof rule === 'number' ? whole(name, rule, 60, 604_800) : span(name, rule.min, rule.max, 1, 604_800_000)
}

function asnRange([first, last]: AsnRange): string[] {
  return span('asn', first, last, 0, lastAsn)
}

function span(name: string, first: number, last: number, least: number, most: number): string[] {
  return [...whole(name, first, least, most), ...whole(name, last, least, most), ...(first <= last ? [] : [`facts.${name} goes from ${first} to ${last}, which is nothing`])]
}

function whole(name: string, value: number, least: number, most: number): string[] {
  return Number.isInteger(value) && value >= least && value <= most ? [] : [`facts.${name} is ${value}, and a whole number from ${least} to ${most} makes sense`]
}

function seconds(name: string, value: number): string[] {
  return Number.isFinite(value) && value >= 0 ? [] : [`facts.${name} is ${value}, and must be seconds`]
}
