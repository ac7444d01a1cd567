import { z } from 'zod'
import { defaultHolder, type Connection } from '../../cloud/catalogue.ts'

/** A region as answers show it. Clients read the location without asking whether it is there. */
export const regionModel = z.object({
  regionId: z.string(),
  regionName: z.string(),
  description: z.string(),
  location: z.object({ display: z.string(), latitude: z.number(), longitude: z.number() }),
  zones: z.array(z.string()),
  representativeZone: z.string().optional(),
}).meta({ id: 'RegionDetail' })

/** A connection as answers show it, whole inside every object that belongs to it. */
export const connectionModel = z.object({
  configName: z.string(),
  providerName: z.string(),
  driverName: z.string(),
  credentialName: z.string(),
  credentialHolder: z.string(),
  regionZoneInfoName: z.string(),
  regionZoneInfo: z.object({ assignedRegion: z.string(), assignedZone: z.string() }),
  regionDetail: regionModel,
  regionRepresentative: z.boolean(),
  verified: z.boolean(),
}).meta({ id: 'ConnConfig' })

export function regionOf({ region, zones, location }: Connection): z.input<typeof regionModel> {
  const [first] = zones
  return { regionId: region, regionName: region, description: location.display, location, zones: [...zones], ...(first === undefined ? {} : { representativeZone: first }) }
}

/** @param verified whether credentials for the connection's cloud are there */
export function connectionOf(connection: Connection, verified: boolean): z.input<typeof connectionModel> {
  const { name, cloud, holder, region, zones } = connection
  return {
    configName: name,
    providerName: cloud,
    driverName: `${cloud}-driver`,
    credentialName: `${holder}-${cloud}`,
    credentialHolder: holder,
    regionZoneInfoName: name,
    regionZoneInfo: { assignedRegion: region, assignedZone: zones[0] ?? '' },
    regionDetail: regionOf(connection),
    regionRepresentative: true,
    verified,
  }
}

/** A credential holder as answers show it. */
export const holderModel = z.object({
  credentialHolder: z.string(),
  providers: z.array(z.string()).describe('Clouds that it has credentials for'),
  connectionCount: z.int(),
  verifiedConnectionCount: z.int(),
  isDefault: z.boolean(),
}).meta({ id: 'CredentialHolderInfo' })

/** @param verified those of its connections whose cloud it has credentials for */
export function holderOf(holder: string, connections: readonly Connection[], verified: readonly Connection[]): z.input<typeof holderModel> {
  return { credentialHolder: holder, providers: [...new Set(verified.map(({ cloud }) => cloud))], connectionCount: connections.length, verifiedConnectionCount: verified.length, isDefault: holder === defaultHolder }
}
