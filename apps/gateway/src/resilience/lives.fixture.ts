import type { Change, Customer } from './customer.fixture.ts'

/** One life of something: it is made, perhaps changed, looked at, and removed again. */
export type Life = (customer: Customer) => Promise<void>

const base = '/tumblebug/ns/default'

function vnetChange(name: string): Pick<Change, 'record' | 'target'> {
  return { record: `${base}/resources/vNet/${name}`, target: `vnet/default/${name}` }
}

function makeVnet(name: string, connection: string, block: number): Change {
  const body = { name, connectionName: connection, cidrBlock: `10.${block}.0.0/16`, subnetInfoList: [{ name: `${name}-01`, ipv4_CIDR: `10.${block}.1.0/24` }] }
  return { ...vnetChange(name), method: 'POST', path: `${base}/resources/vNet`, body, becomes: 'there' }
}

function removeVnet(name: string): Change {
  return { ...vnetChange(name), method: 'DELETE', path: `${base}/resources/vNet/${name}?action=withsubnets`, becomes: 'gone' }
}

async function expectStatus(customer: Customer, record: string, wanted: string): Promise<void> {
  const status = await customer.status(record)
  if (status !== wanted) customer.problems.push(`${record} is ${status} instead of ${wanted}`)
}

/** A vNet that gets a subnet more, and loses it again. */
export function vnetLife(name: string, connection: string, block: number): Life {
  return async (customer) => {
    const { record } = vnetChange(name)
    const subnet = { ...vnetChange(name), record: `${record}/subnet/${name}-02` }
    if (await customer.make(makeVnet(name, connection, block))) {
      await expectStatus(customer, record, 'Available')
      await customer.make({ ...subnet, method: 'POST', path: `${record}/subnet`, body: { name: `${name}-02`, ipv4_CIDR: `10.${block}.2.0/24` }, becomes: 'there' })
      await customer.make({ ...subnet, method: 'DELETE', path: `${record}/subnet/${name}-02`, becomes: 'gone' })
      await expectStatus(customer, record, 'Available')
    }
    await customer.makeSure(removeVnet(name))
  }
}

/** Two vNets with a VPN between them. */
export function vpnLife(name: string, connections: readonly [string, string], block: number): Life {
  return async (customer) => {
    const [one, other] = [`${name}-a`, `${name}-b`]
    const vpn: Pick<Change, 'record' | 'target'> = { record: `${base}/infra/any/vpn/${name}?refresh=false`, target: `vpn/default/${name}` }
    const made = await Promise.all([customer.make(makeVnet(one, connections[0], block)), customer.make(makeVnet(other, connections[1], block + 1))])
    if (made.every(Boolean)) {
      const body = { name, site1: { vNetId: one }, site2: { vNetId: other } }
      if (await customer.make({ ...vpn, method: 'POST', path: `${base}/infra/any/vpn`, body, becomes: 'there' })) await expectStatus(customer, vpn.record, 'Available')
      await customer.makeSure({ ...vpn, method: 'DELETE', path: `${base}/infra/any/vpn/${name}`, becomes: 'gone' })
    }
    await Promise.all([customer.makeSure(removeVnet(one)), customer.makeSure(removeVnet(other))])
  }
}

/** Nodes, with the vNet that is made for them and outlives them. */
export function infraLife(name: string, cloud: string, region: string): Life {
  return async (customer) => {
    const shared = `default-shared-${cloud}-${region}`
    const infra: Pick<Change, 'record' | 'target'> = { record: `${base}/infra/${name}`, target: `infra/default/${name}` }
    customer.leavesOpen(vnetChange(shared).record)
    const made = await customer.make({ ...infra, method: 'POST', path: `${base}/infraDynamic`, body: { name, nodeGroups: [{ specId: `${cloud}+${region}+small`, imageId: 'any' }] }, becomes: 'there' })
    if (made) await expectStatus(customer, vnetChange(shared).record, 'Available')
    await customer.makeSure({ ...infra, method: 'DELETE', path: infra.record, becomes: 'gone' })
    await customer.makeSure(removeVnet(shared))
  }
}

/** An order of two linked sites that loses its link before it goes. */
export function orderLife(name: string, block: number): Life {
  return async (customer) => {
    const path = `/isthmus/v1/orders/${name}`
    const order: Omit<Change, 'body'> = { method: 'PUT', path, record: path, target: `order/${name}`, becomes: 'there' }
    const sites = {
      [`${name}-a`]: { cloud: 'gcp', region: 'us-east1', cidr: `10.${block}.0.0/16` },
      [`${name}-b`]: { cloud: 'azure', region: 'eastus', cidr: `10.${block + 1}.0.0/16` },
    }
    const linked = { name, sites, topology: { links: [[`${name}-a`, `${name}-b`]] } }
    if (await customer.make({ ...order, body: linked })) await expectStatus(customer, path, 'applied')
    if (await customer.make({ ...order, body: { name, sites, topology: { links: [] } } })) await expectStatus(customer, path, 'applied')
    await customer.makeSure({ ...order, method: 'DELETE', becomes: 'gone' })
  }
}
