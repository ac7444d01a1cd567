import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { locateTofu, type OrderEvent } from '@isthmus/tofu'
import { openPostgresStore } from '../store/index.ts'
import { stateDatabase, storedRecords, TofuStacks } from './index.ts'
import { order, planOf, providers, stacksOf, type StackLab } from './stack-lab.fixture.ts'

/** What a gateway in another process works with. */
export interface GatewayInput {
  readonly folder: string
  readonly url: string
  /** Hex. */
  readonly master: string
  readonly reattach: string
}

const program = fileURLToPath(new URL('apply-until-killed.mjs', import.meta.url))

/** Applies a link and its ends, as the whole of a gateway's life. */
export async function applyAsGateway({ folder, url, master, reattach }: GatewayInput, tell: (event: OrderEvent) => void): Promise<void> {
  const store = await openPostgresStore({ url })
  const clouds = { simulated: true, environment: async () => ({ TF_REATTACH_PROVIDERS: reattach }), credentials: async () => ({}) }
  const engine = new TofuStacks({ folder, master: Buffer.from(master, 'hex'), providers, clouds, binary: () => locateTofu(), state: stateDatabase(url), records: storedRecords(store) })
  await engine.apply(order, planOf([['east', 'middle']]), stacksOf('east', 'middle'), { signal: new AbortController().signal, onEvent: tell })
  await store.close()
}

/** A gateway that was killed, and what it had told until then. */
export interface DeadGateway {
  readonly events: readonly unknown[]
}

/** Lets a gateway in another process apply, and kills it (with -9) once a resource of that type is being made. */
export async function killedGateway(lab: StackLab, folder: string, type: string): Promise<DeadGateway> {
  const input: GatewayInput = { folder, url: lab.server.url, master: lab.master.toString('hex'), reattach: lab.simulator.reattach }
  const child = spawn(process.execPath, [program, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const events: unknown[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    events.push(JSON.parse(line))
    if (line.includes('"apply_start"') && line.includes(`"${type}.`)) break
  }
  await killed(child)
  return { events }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error('the gateway was done before it could be killed')
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
