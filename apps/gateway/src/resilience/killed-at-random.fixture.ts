import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import type { GatewayProcess } from '../testing/gateway-process.fixture.ts'
import { randomNumbers } from '../../../../tests/random.fixture.ts'
import { Customer } from './customer.fixture.ts'
import { Ledger } from './ledger.fixture.ts'
import { infraLife, orderLife, vnetLife, vpnLife, type Life } from './lives.fixture.ts'

/** How often gateways are killed, and when. */
export interface Kills {
  readonly moments: number
  readonly seed: number
}

/** Milliseconds that a gateway lives at least, and how much longer at most in times that it took to start: a busy machine gets as far as a quiet one. */
const life = { shortest: 100, longest: 1.4 }

const lives: readonly Life[] = [
  vnetLife('alone', 'azure-koreacentral', 20),
  vpnLife('first', ['gcp-asia-northeast3', 'aws-ap-northeast-2'], 30),
  vpnLife('second', ['azure-japaneast', 'gcp-asia-northeast1'], 40),
  orderLife('ordered', 50),
  infraLife('nodes', 'aws', 'us-east-1'),
]

/**
 * Lets several customers make and remove things, kills gateways (with -9) at random moments meanwhile, and starts each again on its
 * folder. At the end everything must have come out as acknowledged, and everything must be gone.
 */
export async function killAtRandom(lab: GatewayLab, gateways: readonly string[], { moments, seed }: Kills): Promise<void> {
  const random = randomNumbers(seed)
  const ledger = new Ledger()
  const over = new AbortController()
  const customers = lives.map(() => new Customer(lab.client, ledger, random))
  const processes = new Map<string, GatewayProcess>()
  let starting = 0
  const start = async (name: string): Promise<void> => {
    const begin = performance.now()
    processes.set(name, await lab.start(name))
    starting = performance.now() - begin
  }
  for (const name of gateways) await start(name)
  const living = Promise.all(customers.map(async (customer, index) => {
    do await lives[index]?.(customer)
    while (!over.signal.aborted)
  }))
  // A customer that cannot go on must not be an unhandled rejection while gateways are still being killed.
  living.catch(() => undefined)

  const broken: string[] = []
  for (let moment = 0; moment < moments; moment += 1) {
    await sleep(life.shortest + random() * life.longest * starting)
    const name = gateways[Math.floor(random() * gateways.length)] ?? ''
    await processes.get(name)?.end('SIGKILL')
    await start(name)
    broken.push(...(await ledger.broken(async (path) => (await lab.client.ask('GET', path)).status)))
  }
  over.abort()
  await living
  report(seed, moments, ledger, customers)
  expect({ broken, problems: customers.flatMap(({ problems }) => problems) }).toEqual({ broken: [], problems: [] })
  expect(ledger.acknowledged).toBeGreaterThan(moments / 4)
  await expectNothingLeft(lab)
}

async function expectNothingLeft(lab: GatewayLab): Promise<void> {
  const { client } = lab
  const list = async (path: string): Promise<unknown> => (await client.ask('GET', path)).body
  expect(await list('/tumblebug/ns/default/resources/vNet?option=id')).toEqual({ output: [] })
  expect(await list('/tumblebug/ns/default/infra/any/vpn')).toEqual({ vpnIdList: [] })
  expect(await list('/isthmus/v1/orders')).toEqual({ orders: [] })
  expect([...(await client.runs('state=ready')), ...(await client.runs('state=leased')), ...(await client.runs('state=failed'))]).toEqual([])
  expect(lab.objects()).toEqual([])
}

function report(seed: number, moments: number, { acknowledged }: Ledger, customers: readonly Customer[]): void {
  const ended = new Map<string, number>()
  for (const [what, count] of customers.flatMap((customer) => [...customer.ended])) ended.set(what, (ended.get(what) ?? 0) + count)
  process.stderr.write(`seed ${seed}: ${moments} kills, ${acknowledged} acknowledgements; runs: ${[...ended].map(([what, count]) => `${what} ${count}`).sort().join(', ')}\n`)
}
