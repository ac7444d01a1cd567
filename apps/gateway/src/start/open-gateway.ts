import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { IsthmusError, type AnyProvider } from '@isthmus/core'
import { loadPlugins, type PluginResult } from '@isthmus/plugin-host'
import { clouds as simulatedClouds } from '@isthmus/simulator'
import { locateTofu, masterSecret, type TofuBinary } from '@isthmus/tofu'
import type { Logger } from 'pino'
import type { Opened } from '../composition/opened.ts'
import type { ReadConfiguration } from '../configuration/read-configuration.ts'
import { PlanningThreads } from '../planning/planning-threads.ts'
import { openRuns } from '../runs/index.ts'
import { RealClouds, SimulatedClouds, stateDatabase, storedRecords, TofuStacks, type Clouds, type StackEngine } from '../stacks/index.ts'
import { openPostgresStore, openSqliteStore, type Store } from '../store/index.ts'
import { builtInProviders } from './built-in-providers.ts'

/** Opens everything that a gateway is made of: plugins, store, runs and engine. */
export async function openGateway({ configuration, folder }: ReadConfiguration, { env, log, version }: { readonly env: NodeJS.ProcessEnv; readonly log: Logger; readonly version: string }): Promise<Opened> {
  const { dataFolder, databaseUrl, plugins: listed, discoverPlugins, simulated } = configuration
  if (databaseUrl !== undefined && !['ISTHMUS_MASTER_SECRET', 'ISTHMUS_MASTER_SECRET_FILE', 'ISTHMUS_MASTER_SECRET_COMMAND'].some((name) => env[name])) {
    throw new IsthmusError('KEY_UNAVAILABLE', 'several gateways can share a database, and they need the same master secret: set ISTHMUS_MASTER_SECRET_FILE, ISTHMUS_MASTER_SECRET_COMMAND or ISTHMUS_MASTER_SECRET')
  }
  const plugins = await loadPlugins({ from: folder, plugins: listed, discover: discoverPlugins }, { taken: builtInProviders.map(({ id }) => id), takenSources: simulatedClouds.map(({ source }) => source) })
  for (const { plugin, reason, hint } of plugins.failures) log.error({ plugin, reason, hint }, 'plugin left out')
  const providers = [...builtInProviders, ...plugins.plugins.map(({ provider }) => provider)]
  const master = await masterSecret(dataFolder, env)
  const store = databaseUrl === undefined ? await openSqliteStore({ folder: dataFolder }) : await openPostgresStore({ url: databaseUrl })
  return {
    configuration,
    version,
    log,
    now: () => new Date(),
    providers,
    networkOnly: cloudsWithoutProvider,
    plugins,
    holders: holdersOf(configuration.secretsFolder),
    verified: simulated ? () => true : credentialCheck(providers, configuration.secretsFolder, env),
    store,
    runs: await openRuns(store),
    tracing: configuration.tracesUrl === undefined ? undefined : (await import('../tracing/tracing.ts')).startTracing(configuration.tracesUrl, version),
    planner: new PlanningThreads(plugins.plugins.map((plugin) => plugin.folder)),
    engine: engineOf(configuration, providers, { master, store, env, log, plugins }),
  }
}

interface EngineParts {
  readonly master: Uint8Array
  readonly store: Store
  readonly env: NodeJS.ProcessEnv
  readonly log: Logger
  readonly plugins: PluginResult
}

function engineOf({ dataFolder, databaseUrl, simulated, simulatedFolder, simulatedSpeed, secretsFolder }: ReadConfiguration['configuration'], providers: readonly AnyProvider[], { master, store, env, log, plugins }: EngineParts): StackEngine {
  const home = join(dataFolder, simulated ? 'simulated' : 'real')
  const said = (line: string): void => log.info(line)
  const clouds: Clouds = simulated
    ? new SimulatedClouds({
        folder: simulatedFolder ?? join(home, 'clouds'),
        speed: simulatedSpeed,
        plugins: plugins.plugins.flatMap((plugin) => (plugin.simulated ? [plugin.folder] : [])),
        pluginSources: plugins.plugins.flatMap((plugin) => plugin.simulated?.cloud.source ?? []),
      })
    : new RealClouds({ pluginCache: env['TF_PLUGIN_CACHE_DIR'] ?? join(home, 'plugins'), ...(secretsFolder === undefined ? {} : { secretsFolder }) })
  let binary: Promise<TofuBinary> | undefined
  return new TofuStacks({
    folder: join(home, 'orders'),
    master,
    providers,
    clouds,
    // Looked for at the first run: a build takes minutes, and readers need none.
    binary: () => (binary ??= locateTofu({ env, log: said }).catch((error: unknown) => {
      binary = undefined
      throw error
    })),
    log: said,
    ...(databaseUrl === undefined ? {} : { state: stateDatabase(databaseUrl), records: storedRecords(store) }),
  })
}

/** Credential holders: subfolders of the secrets folder. */
function holdersOf(secretsFolder: string | undefined): string[] {
  if (secretsFolder === undefined) return []
  return readdirSync(secretsFolder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() && /^[a-z0-9_]{1,50}$/.test(entry.name) ? [entry.name] : []))
}

/** How long the names in a secrets folder are remembered: answers with a thousand objects ask for each of them. */
const rememberedFor = 5000

/** Whether any variable of a cloud is there, in the environment or as a file. */
function credentialCheck(providers: readonly AnyProvider[], secretsFolder: string | undefined, env: NodeJS.ProcessEnv): (cloud: string, holder: string) => boolean {
  const remembered = new Map<string, { readonly names: readonly string[]; readonly until: number }>()
  const namesOf = (holder: string): readonly string[] => {
    const known = remembered.get(holder)
    if (known && performance.now() < known.until) return known.names
    const isDefault = holder === 'admin'
    const files = secretsFolder === undefined ? [] : readdirSync(isDefault ? secretsFolder : join(secretsFolder, holder))
    const names = [...files, ...(isDefault ? Object.keys(env) : [])]
    remembered.set(holder, { names, until: performance.now() + rememberedFor })
    return names
  }
  return (cloud, holder) => {
    const prefixes = providers.find(({ id }) => id === cloud)?.environment ?? []
    return namesOf(holder).some((name) => prefixes.some((prefix) => name.startsWith(prefix)))
  }
}
