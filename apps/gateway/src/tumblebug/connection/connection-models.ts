import { z } from 'zod'
import { defaultHolder, type Connection } from '../../cloud/catalogue.ts'

/** Where something is. */
export const locationModel = z.object({ display: z.string(), latitude: z.number(), longitude: z.number() }).describe('Where the region is, in degrees; 0 and 0 where nobody said')

/** A region as answers show it. Clients read the location without asking whether it is there. */
export const regionModel = z.object({
  regionId: z.string().describe('The region as its cloud names it; `regionName` is the same'),
  regionName: z.string(),
  description: z.string(),
  location: locationModel,
  zones: z.array(z.string()).describe('Zones as the cloud names them; empty where it has none, or where only its operator knows them'),
  representativeZone: z.string().optional().describe('The first of `zones`'),
}).meta({ id: 'RegionDetail' })

/** A connection as answers show it, whole inside every object that belongs to it. */
export const connectionModel = z.object({
  configName: z.string().describe('Name of the connection: what `connectionName` of requests wants'),
  providerName: z.string().describe('Id of the cloud; empty where its plugin is not loaded any more'),
  driverName: z.string().describe('Made of the name of the cloud: the gateway has no drivers'),
  credentialName: z.string().describe('Made of the names of holder and cloud: credentials have no names here'),
  credentialHolder: z.string().describe('Whose credentials are used; `admin` is the default holder'),
  regionZoneInfoName: z.string().describe('The same as `configName`'),
  regionZoneInfo: z.object({ assignedRegion: z.string(), assignedZone: z.string().describe('The first zone of the region; empty where it has none') }),
  regionDetail: regionModel,
  regionRepresentative: z.boolean().describe('Always true: a region has one connection for each holder'),
  verified: z.boolean().describe('Whether the holder has credentials for the cloud, so that the connection can be used'),
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
  verifiedConnectionCount: z.int().describe('Those of its connections whose cloud it has credentials for'),
  isDefault: z.boolean(),
}).meta({ id: 'CredentialHolderInfo' })

/** @param verified those of its connections whose cloud it has credentials for */
export function holderOf(holder: string, connections: readonly Connection[], verified: readonly Connection[]): z.input<typeof holderModel> {
  return { credentialHolder: holder, providers: [...new Set(verified.map(({ cloud }) => cloud))], connectionCount: connections.length, verifiedConnectionCount: verified.length, isDefault: holder === defaultHolder }
}
