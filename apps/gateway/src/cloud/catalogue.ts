import { orderJsonSchema, type AnyProvider, type CloudFacts, type NetworkFacts } from '@isthmus/core'
import { Problem } from '../http/problem.ts'

/** Where a region is. */
export interface Location {
  readonly display: string
  readonly latitude: number
  readonly longitude: number
}

/** One region of one cloud, as one credential holder reaches it. */
export interface Connection {
  /** `acme-east`, or `alice-acme-east` for a holder other than the default one. */
  readonly name: string
  readonly holder: string
  readonly cloud: string
  readonly region: string
  readonly zones: readonly string[]
  readonly location: Location
}

/** A cloud that the gateway knows: one that can be ordered from, or one that has rules for networks only. */
interface KnownCloud {
  readonly id: string
  readonly network: NetworkFacts
  readonly locations: Readonly<Record<string, Location>>
}

/** The holder whose connections have no prefix. */
export const defaultHolder = 'admin'

/** All clouds, regions and connections there are. They follow from the providers that are loaded. */
export class CloudCatalogue {
  readonly providers: readonly AnyProvider[]
  /** Clouds that have rules for their networks and no provider. */
  readonly networkOnly: readonly CloudFacts[]
  /** Credential holders, the default one first. */
  readonly holders: readonly string[]
  readonly #clouds: readonly KnownCloud[]
  readonly #connections: ReadonlyMap<string, Connection>

  /** @param holders credential holders besides the default one */
  constructor(providers: readonly AnyProvider[], networkOnly: readonly CloudFacts[], holders: readonly string[]) {
    this.providers = providers
    this.networkOnly = networkOnly
    this.#clouds = [
      ...providers.map(({ id, facts }) => ({ id, network: facts.network, locations: facts.locations?.value ?? {} })),
      ...networkOnly.map(({ id, network, locations }) => ({ id, network, locations: locations?.value ?? {} })),
    ].sort((a, b) => (a.id < b.id ? -1 : 1))
    this.holders = [defaultHolder, ...holders]
    const connections = this.holders.flatMap((holder) => this.#clouds.flatMap((cloud) => connectionsOf(cloud, holder)))
    this.#connections = new Map(connections.map((connection) => [connection.name, connection]))
  }

  /** Ids of all clouds, sorted. */
  get ids(): readonly string[] {
    return this.#clouds.map(({ id }) => id)
  }

  /** Rules of a cloud's networks; undefined for a cloud nobody knows. */
  networkFacts(cloud: string): NetworkFacts | undefined {
    return this.#clouds.find(({ id }) => id === cloud)?.network
  }

  provider(cloud: string): AnyProvider | undefined {
    return this.providers.find(({ id }) => id === cloud)
  }

  /** Connections of one holder, or of all, sorted by cloud and region. */
  connections(holder?: string): readonly Connection[] {
    const all = [...this.#connections.values()]
    return holder === undefined ? all : all.filter((connection) => connection.holder === holder)
  }

  /** A connection of each provider, for the default holder. */
  oneOfEach(): readonly Connection[] {
    const own = this.connections(defaultHolder)
    return this.providers.flatMap(({ id }) => own.find(({ cloud }) => cloud === id) ?? [])
  }

  connection(name: string): Connection | undefined {
    return this.#connections.get(name)
  }

  /** Whose credentials a connection stands for. @throws Problem CONFLICT for one that does not exist any more: no other credentials may stand in for its own */
  holderOf(connection: string): string {
    const known = this.#connections.get(connection)
    if (!known) throw new Problem('CONFLICT', `the connection ${connection} does not exist; load the provider of its cloud, and make the folder of its credential holder in secretsFolder, if it has one`)
    return known.holder
  }

  /** JSON Schema of an order for the clouds that are loaded. */
  orderSchema(): object {
    return orderJsonSchema(this.providers)
  }
}

function connectionsOf({ id, network, locations }: KnownCloud, holder: string): Connection[] {
  const prefix = holder === defaultHolder ? '' : `${holder}-`
  return Object.entries(network.regions.value).map(([region, zones]) => ({
    name: `${prefix}${id}-${region}`,
    holder,
    cloud: id,
    region,
    zones,
    // A cloud whose regions only its operator knows says nothing of where they are, and clients read a place without asking.
    location: locations[region] ?? { display: region, latitude: 0, longitude: 0 },
  }))
}
