/** Regions with Virtual Private Cloud; each has three zones, named after it. */
const regions = ['au-syd', 'br-sao', 'ca-mon', 'ca-tor', 'eu-de', 'eu-es', 'eu-gb', 'jp-osa', 'jp-tok', 'us-east', 'us-south'] as const

/** Zones by region. */
export const zonesByRegion: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  regions.map((region) => [region, [1, 2, 3].map((zone) => `${region}-${zone}`)]),
)
