import { finding, type Finding } from '../finding/finding.ts'
import { listOf } from './list-of.ts'
import { nearestName } from '../finding/nearest-name.ts'
import type { NetworkInput } from './network-input.ts'

// Enough to recognise how the cloud spells its regions, without a page of them in a hint.
const regionsShown = 5

/** Checks that the cloud has the region, and the region the zones. Where whoever runs a cloud names both, only that subnets lie in the zones of their network. */
export function checkPlaces(input: NetworkInput): Finding[] {
  const { regionsNamedByOperator } = input.facts
  const known = regionsNamedByOperator ? undefined : zonesOf(input)
  const byUser = (input.zones?.length ?? 0) > 0
  const zones = known ?? (byUser ? input.zones : undefined)
  return [
    ...(known || regionsNamedByOperator ? [] : [unknownRegion(input, byUser)]),
    ...(known ? checkZones(input, known, (input.zones ?? []).map((zone, index) => ({ zone, path: `${input.path}.zones[${index}]` }))) : []),
    ...(zones ? checkZones(input, zones, input.subnets.flatMap((subnet, index) => (
      subnet.zone === undefined ? [] : [{ zone: subnet.zone, path: `${input.path}.subnets[${index}].zone` }]
    ))) : []),
  ]
}

function zonesOf(input: NetworkInput): readonly string[] | undefined {
  const regions = input.facts.regions.value
  return Object.hasOwn(regions, input.region) ? regions[input.region] : undefined
}

function unknownRegion(input: NetworkInput, byUser: boolean): Finding {
  const regions = Object.keys(input.facts.regions.value).sort()
  const nearest = nearestName(input.region, regions)
  const spelling = nearest === undefined ? `Use a region such as ${listOf(regions.slice(0, regionsShown))}` : `Write ${nearest}`
  return finding('REGION_UNKNOWN', `${input.path}.region`, {
    title: `${input.cloudTitle} has no region ${JSON.stringify(input.region)} that the facts of ${input.facts.regions.checked} know.`,
    hint: byUser ? `${spelling}, or keep it if the region is newer than these facts.` : `${spelling}, or give the zones by hand if the region is newer than these facts.`,
    ...(byUser ? { severity: 'warning' as const } : {}),
    facts: { region: input.region, checked: input.facts.regions.checked, ...(nearest === undefined ? {} : { proposed: nearest }) },
  })
}

function checkZones(input: NetworkInput, zones: readonly string[], used: readonly { zone: string; path: string }[]): Finding[] {
  return used.filter(({ zone }) => !zones.includes(zone)).map(({ zone, path }) => {
    const nearest = nearestName(zone, zones)
    const choice = zones.length === 0 ? 'Leave the zone out: the region has none' : `Use ${listOf(zones)}`
    return finding('ZONE_UNKNOWN', path, {
      title: `The region ${input.region} has no zone ${JSON.stringify(zone)}.`,
      hint: nearest === undefined ? `${choice}.` : `Write ${nearest}; the region has ${listOf(zones)}.`,
      facts: { zone, zones, ...(nearest === undefined ? {} : { proposed: nearest }) },
    })
  })
}
