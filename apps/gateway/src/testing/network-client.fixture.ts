import { listAt, textAt, valueAt, type GatewayLab, type Reply, type RequestParts } from '../../test/lab/gateway-lab.fixture.ts'

/** Milliseconds for a test that makes networks, on a machine that is busy with others. */
export const patience = 180_000

/** A network as a client asks for it. */
export interface WantedVnet {
  readonly connection: string
  readonly cidr: string
  /** Blocks of its subnets, by name. */
  readonly subnets: Readonly<Record<string, string>>
}

/** A client of the networks of one namespace. */
export class NetworkClient {
  readonly lab: GatewayLab
  readonly namespace: string

  private constructor(lab: GatewayLab, namespace: string) {
    this.lab = lab
    this.namespace = namespace
  }

  /** A client of a namespace that is made for it. */
  static async open(lab: GatewayLab, namespace: string): Promise<NetworkClient> {
    await lab.done('POST', '/tumblebug/ns', { body: { name: namespace } })
    return new NetworkClient(lab, namespace)
  }

  /** Sends a request below the path of the namespace. */
  send(method: string, path: string, parts: RequestParts = {}): Promise<Reply> {
    return this.lab.send(method, `/tumblebug/ns/${this.namespace}${path}`, parts)
  }

  /** Sends a request that must succeed, and answers its body. */
  done(method: string, path: string, parts: RequestParts = {}): Promise<unknown> {
    return this.lab.done(method, `/tumblebug/ns/${this.namespace}${path}`, parts)
  }

  makeVnet(name: string, { connection, cidr, subnets }: WantedVnet): Promise<Reply> {
    const subnetInfoList = Object.entries(subnets).map(([subnet, block]) => ({ name: subnet, ipv4_CIDR: block }))
    return this.send('POST', '/resources/vNet', { body: { name, connectionName: connection, cidrBlock: cidr, subnetInfoList } })
  }

  vnet(name: string): Promise<Reply> {
    return this.send('GET', `/resources/vNet/${name}`)
  }

  makeVpn(name: string, ends: readonly [string, string], properties: Readonly<Record<string, object>> = {}, query = ''): Promise<Reply> {
    const [site1, site2] = ends.map((vNetId) => ({ vNetId, cspSpecificProperty: properties }))
    return this.send('POST', '/infra/any/vpn', { query, body: { name, site1, site2 } })
  }

  vpn(name: string, query = ''): Promise<Reply> {
    return this.send('GET', `/infra/any/vpn/${name}`, { query })
  }

  /** Names of the subnets of a vNet. */
  async subnets(vnet: string): Promise<string[]> {
    return listAt((await this.vnet(vnet)).body, 'subnetInfoList').map((subnet) => textAt(subnet, 'name'))
  }
}

/** What a failed request was answered, as one text. */
export function messageOf({ body }: Reply): string {
  return textAt(body, 'message')
}

/** The reason of a condition of an object. */
export function reasonOf({ body }: Reply, type: string): unknown {
  return valueAt(listAt(body, 'conditions').find((condition) => valueAt(condition, 'type') === type), 'reason')
}
