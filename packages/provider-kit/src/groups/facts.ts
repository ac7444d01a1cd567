import { cipherOffer, isHub, keyRulesIntersection, negotiate, parseCidr, policies, type ProviderFacts } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { brokenBounds } from '../check/fact-bounds.ts'
import { factsIn } from '../check/facts-in.ts'
import type { Subject } from '../check/subject.ts'

/** What is known of the cloud: said where and when it was read, possible in itself, and good for a link. */
export function factsChecks({ provider, schema, sites, moreFacts }: Subject): Check[] {
  const { facts } = provider
  return [
    check('have a source and a date each', () => factsIn({ ...facts, ...(isHub(provider) ? { hub: provider.hub } : {}), ...moreFacts }, 'facts').flatMap(unsourced)),
    check('make a strong suite possible', () => suiteFindings(facts, 'strong')),
    check('make the baseline suite possible', () => suiteFindings(facts, 'baseline')),
    check('name every character of a key once, and enough of them', () => keyFaults(facts)),
    check('hold readable address blocks', () => blockFaults(facts)),
    check('have bounds that something fits into', () => brokenBounds(facts)),
    check('know regions, zones once each, and where they are', () => placeFaults(facts)),
    check('know the regions of the examples', () => sites.flatMap(([name, site]) => (!facts.network.regionsNamedByOperator && facts.network.regions.value[site.region] === undefined && site['zones'] === undefined ? [`the region ${site.region} of ${name} is not among facts.network.regions`] : []))),
    check('time types that the schema has', () => Object.keys(facts.durations.value).filter((type) => schema.resources[type] === undefined).map((type) => `facts.durations names ${type}, which the schema does not have`)),
  ]
}

function check(name: string, problems: () => readonly string[]): Check {
  return { group: 'facts', name, run: () => demandNone(problems()) }
}

function unsourced([path, fact]: [string, object]): string[] {
  const source: unknown = Reflect.get(fact, 'source')
  const checked: unknown = Reflect.get(fact, 'checked')
  const missing = [
    ...(typeof source === 'string' && source.trim().length >= 5 ? [] : ['where it was read (source)']),
    ...(typeof checked === 'string' && /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(checked) ? [] : ['on which day (checked, such as 2026-11-24)']),
  ]
  return missing.length === 0 ? [] : [`${path} does not say ${missing.join(' and ')}`]
}

function suiteFindings(facts: ProviderFacts, policy: 'strong' | 'baseline'): string[] {
  const ciphers = cipherOffer(facts.ciphers)
  const result = negotiate(policies[policy], { site: 'one', ciphers }, { site: 'other', ciphers }, 'ciphers')
  return 'suite' in result ? [] : result.findings.map((finding) => `two gateways of this cloud have no ${policy} suite in common: ${finding.title}`)
}

function keyFaults({ key: { value: key } }: ProviderFacts): string[] {
  const twice = [...key.alphabet].filter((character, index, all) => all.indexOf(character) !== index)
  const stray = [...key.firstCharacters ?? ''].filter((character) => !key.alphabet.includes(character))
  const space = keyRulesIntersection([key], 'facts.key')
  return [
    ...twice.map((character) => `facts.key.alphabet holds ${character} twice`),
    ...stray.map((character) => `facts.key.firstCharacters holds ${character}, which is not in the alphabet`),
    ...('findings' in space ? space.findings.map((finding) => `facts.key: ${finding.title}`) : []),
  ]
}

function blockFaults({ network: { vnet }, inside }: ProviderFacts): string[] {
  const lists = { 'network.vnet.ranges': vnet.ranges.value, 'network.vnet.reserved': vnet.reserved.value, 'inside.ranges': inside.value.ranges, 'inside.reserved': inside.value.reserved }
  const unreadable = Object.entries(lists).flatMap(([where, blocks]) => blocks.filter((block) => !parseCidr(block).ok).map((block) => `facts.${where}: ${block} is no address block, such as 10.0.0.0/8`))
  return vnet.ranges.value.length > 0 ? unreadable : ['facts.network.vnet.ranges is empty', ...unreadable]
}

function placeFaults({ network, locations }: ProviderFacts): string[] {
  const regions = Object.entries(network.regions.value)
  const twice = regions.filter(([, zones]) => new Set(zones).size !== zones.length)
  const elsewhere = Object.keys(locations?.value ?? {}).filter((region) => network.regions.value[region] === undefined)
  return [
    ...(regions.length > 0 ? [] : ['facts.network.regions is empty']),
    ...twice.map(([region]) => `facts.network.regions names a zone of ${region} twice`),
    ...elsewhere.map((region) => `facts.locations says where ${region} is, which is not among the regions`),
  ]
}
