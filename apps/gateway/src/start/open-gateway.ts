import { access, constants, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { IsthmusError, type AnyProvider } from '@isthmus/core'
import { loadPlugins, type PluginResult } from '@isthmus/plugin-host'
import { clouds as simulatedClouds } from '@isthmus/simulator'
import { locateTofu, masterSecret } from '@isthmus/tofu'
import type { Logger } from 'pino'
import type { Opened } from '../composition/opened.ts'
import { ConfigurationError, variableOf, type ReadConfiguration } from '../configuration/read-configuration.ts'
import { PlanningThreads } from '../planning/planning-threads.ts'
import { openRuns } from '../runs/index.ts'
import { RealClouds, SimulatedClouds, stateDatabase, storedRecords, TofuSearch, TofuStacks, type Clouds, type StackEngine } from '../stacks/index.ts'
import { openPostgresStore, openSqliteStore, type Store } from '../store/index.ts'
import { credentialCheck, holdersOf } from '../secret/secrets-folder.ts'
import { builtInProviders } from './built-in-providers.ts'

/** What a gateway is opened with besides its configuration. */
export interface Environment {
  readonly env: NodeJS.ProcessEnv
  readonly log: Logger
  readonly version: string
}

/**
 * Opens everything that a gateway is made of: plugins, store, runs and engine.
 *
 * @throws ConfigurationError, IsthmusError and StoreError, each with what a person can do; nothing is left open then
 */
export async function openGateway({ configuration, folder }: ReadConfiguration, { env, log, version }: Environment): Promise<Opened> {
  const { dataFolder, databaseUrl, plugins: listed, discoverPlugins, simulated, secretsFolder } = configuration
  if (databaseUrl !== undefined && !['ISTHMUS_MASTER_SECRET', 'ISTHMUS_MASTER_SECRET_FILE', 'ISTHMUS_MASTER_SECRET_COMMAND'].some((name) => env[name])) {
    throw new IsthmusError('KEY_UNAVAILABLE', 'several gateways can share a database, and they need the same master secret: set ISTHMUS_MASTER_SECRET_FILE, ISTHMUS_MASTER_SECRET_COMMAND or ISTHMUS_MASTER_SECRET')
  }
  const holders = holdersOf(secretsFolder)
  await prepareFolder(dataFolder)
  const tofu = await searchTofu(env, log)
  const plugins = await loadPlugins({ from: folder, plugins: listed, discover: discoverPlugins }, { taken: builtInProviders.map(({ id }) => id), takenSources: simulatedClouds.map(({ source }) => source) })
  for (const { plugin, reason, hint } of plugins.failures) log.error({ plugin, reason, hint }, 'plugin left out')
  const providers = [...builtInProviders, ...plugins.plugins.map(({ provider }) => provider)]
  const master = await masterSecret(dataFolder, env)
  const store = databaseUrl === undefined ? await openSqliteStore({ folder: dataFolder }) : await openPostgresStore({ url: databaseUrl })
  try {
    return {
      configuration,
      version,
      log,
      now: () => new Date(),
      providers,
      networkOnly: cloudsWithoutProvider,
      plugins,
      holders,
      verified: simulated ? () => true : credentialCheck(providers, secretsFolder, env),
      store,
      runs: await openRuns(store),
      tracing: configuration.tracesUrl === undefined ? undefined : (await import('../tracing/tracing.ts')).startTracing(configuration.tracesUrl, version),
      planner: new PlanningThreads(plugins.plugins.map((plugin) => plugin.folder)),
      engine: engineOf(configuration, providers, { master, store, env, log, plugins, tofu }),
      tofu,
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** One that is named must work. What has to be fetched or built is not waited for: it takes minutes, and readers need none. */
async function searchTofu(env: NodeJS.ProcessEnv, log: Logger): Promise<TofuSearch> {
  let takesLong: () => void = () => undefined
  const long = new Promise<void>((resolve) => { takesLong = resolve })
  const search = new TofuSearch(() => locateTofu({ env, log: (line) => {
    log.info(line)
    takesLong()
  } }))
  const found = search.binary()
  if (env['ISTHMUS_TOFU']) await found
  else await Promise.race([long, found.catch(() => log.error({ reason: search.problem }, 'no OpenTofu'))])
  return search
}

async function prepareFolder(dataFolder: string): Promise<void> {
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 })
    await access(dataFolder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new ConfigurationError(`${variableOf('dataFolder')}: ${dataFolder} is no folder that this user can write to (${codeOf(error)}); choose another one`, { cause: error })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

interface EngineParts {
  readonly master: Uint8Array
  readonly store: Store
  readonly env: NodeJS.ProcessEnv
  readonly log: Logger
  readonly plugins: PluginResult
  readonly tofu: TofuSearch
}

function engineOf({ dataFolder, databaseUrl, simulated, simulatedFolder, simulatedSpeed, secretsFolder }: ReadConfiguration['configuration'], providers: readonly AnyProvider[], { master, store, env, log, plugins, tofu }: EngineParts): StackEngine {
  const home = join(dataFolder, simulated ? 'simulated' : 'real')
  const clouds: Clouds = simulated
    ? new SimulatedClouds({
        folder: simulatedFolder ?? join(home, 'clouds'),
        speed: simulatedSpeed,
        plugins: plugins.plugins.flatMap((plugin) => (plugin.simulated ? [plugin.folder] : [])),
        pluginSources: plugins.plugins.flatMap((plugin) => plugin.simulated?.cloud.source ?? []),
        log: (line) => log.warn(line),
      })
    : new RealClouds({ pluginCache: env['TF_PLUGIN_CACHE_DIR'] ?? join(home, 'plugins'), ...(secretsFolder === undefined ? {} : { secretsFolder }) })
  return new TofuStacks({
    folder: join(home, 'orders'),
    master,
    providers,
    clouds,
    binary: () => tofu.binary(),
    log: (line, about) => log.info(about, line),
    ...(databaseUrl === undefined ? {} : { state: stateDatabase(databaseUrl), records: storedRecords(store) }),
  })
}
