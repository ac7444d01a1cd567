import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CloudObject, SimulatedCloud, TunnelState } from './behaviour/behaviour.ts'
import { claimHome } from './daemon/claim.ts'
import { Engine } from './engine/engine.ts'
import type { EndReader } from './engine/tunnels.ts'
import { Waiting, type Durations } from './engine/waiting.ts'
import { World } from './engine/world.ts'
import { Endpoint, type EndpointAddress } from './serve/endpoint.ts'
import { openSocketFolder } from './serve/socket-folder.ts'

/** What the simulator needs of a provider: how to read ends back, and how long the cloud takes. */
export interface SimulatedProvider extends EndReader {
  readonly facts: { readonly durations: { readonly value: Durations } }
}

/** How simulated clouds are run. */
export interface SimulatorOptions {
  /** Folder for objects, log and faults; made when it is not there. One simulator at a time may use it. */
  readonly home: string
  /** How many times faster than a real cloud; `Infinity` for no waiting at all. */
  readonly speed: number
  /** Ids, addresses and placeholders depend on it and on names, and on nothing else. */
  readonly seed?: string
  readonly clouds: readonly SimulatedCloud[]
  /** Providers whose ends decide which tunnels are up. */
  readonly providers: readonly SimulatedProvider[]
  /** Durations in seconds by resource type, over those of the providers' facts. */
  readonly durations?: Durations
}

/** Simulated clouds that are running in this process. */
export interface Simulator {
  /** Value for `TF_REATTACH_PROVIDERS` in the environment of OpenTofu. */
  readonly reattach: string
  readonly pid: number
  /** All objects of all clouds; secrets in them are fingerprints. */
  objects(): readonly CloudObject[]
  /** All tunnel ends, and whether the other end agrees. */
  tunnels(): readonly TunnelState[]
  /** When a connection was open last, in milliseconds since 1970; one that is gone at once counts as well. */
  lastUse(): number
  /** Puts an object into a cloud as if somebody had made it by hand. Its secrets must be fingerprints or absent. */
  put(object: CloudObject): void
  /** Takes an object away behind OpenTofu's back. */
  remove(type: string, id: string): void
  /** Stops serving and gives the home free. Objects stay. */
  close(): Promise<void>
}

/**
 * Runs simulated clouds in this process, each under the registry source of the real provider. Throws `SIMULATOR_FAILED` when
 * another process serves the same home.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const home = resolve(options.home)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const claim = claimHome(home)
  try {
    const durations = Object.fromEntries([...options.providers.map((provider) => provider.facts.durations.value), options.durations ?? {}].flatMap((known) => Object.entries(known)))
    const world = new World({ home, seed: options.seed ?? 'isthmus', waiting: new Waiting(durations, options.speed), readers: options.providers })
    return await serve(world, options.clouds, home, () => claim.release())
  } catch (error) {
    claim.release()
    throw error
  }
}

async function serve(world: World, clouds: readonly SimulatedCloud[], home: string, release: () => void): Promise<Simulator> {
  let [connections, lastUse] = [0, Date.now()]
  const endpoints: Endpoint[] = []
  const entries: [string, object][] = []
  // On Windows the plugin protocol speaks TCP.
  const sockets = process.platform === 'win32' ? undefined : openSocketFolder(home)
  for (const cloud of clouds) {
    const opened = await Endpoint.open(new Engine(cloud, world), sockets?.pathFor(cloud.source), (change) => {
      connections += change
      lastUse = Date.now()
    })
    endpoints.push(opened.endpoint)
    entries.push([`registry.opentofu.org/${cloud.source}`, reattachment(opened.address)])
  }
  return {
    reattach: JSON.stringify(Object.fromEntries(entries)),
    pid: process.pid,
    objects: () => world.store.all(),
    tunnels: () => world.tunnels(),
    lastUse: () => (connections > 0 ? Date.now() : lastUse),
    put: (object) => world.store.put(object),
    remove: (type, id) => world.store.remove(type, id),
    close: async () => {
      await Promise.all(endpoints.map((endpoint) => endpoint.close()))
      sockets?.remove()
      release()
    },
  }
}

/** `Test` must be true: with false the engine takes the plugin for one of protocol 5. */
function reattachment(address: EndpointAddress): object {
  return { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: address }
}
