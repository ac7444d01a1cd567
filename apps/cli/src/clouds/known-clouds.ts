import { readFileSync } from 'node:fs'
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { IsthmusError, type AnyProvider, type CloudFacts } from '@isthmus/core'
import { loadPlugins, type LoadedPlugin, type PluginFailure } from '@isthmus/plugin-host'
import { clouds as simulatedClouds } from '@isthmus/simulator'
import { providers as builtInProviders } from '../providers.ts'
import { readConfiguration } from './configuration.ts'

/** The clouds that a run of the command knows. */
export interface KnownClouds {
  readonly providers: readonly AnyProvider[]
  /** Clouds that nothing can be built in: only their networks are designed and checked. */
  readonly withoutProvider: readonly CloudFacts[]
  readonly plugins: readonly LoadedPlugin[]
  /** Plugins that are left out. */
  readonly failures: readonly PluginFailure[]
}

/** The clouds that the command brings along and those of the configuration's plugins. */
export async function knownClouds(configurationFile: string | undefined, env: NodeJS.ProcessEnv): Promise<KnownClouds> {
  const { folder, plugins, discover } = readConfiguration(configurationFile, env)
  return cloudsOf(await loadPlugins({ from: folder, plugins, discover }, { taken: builtInProviders.map(({ id }) => id), takenSources: simulatedClouds.map(({ source }) => source), bundled: bundledPackages() }))
}

/** The clouds that the command brings along and those of the plugins in the given folders. */
export async function cloudsOfPlugins(folders: readonly string[]): Promise<KnownClouds> {
  return cloudsOf(await loadPlugins({ from: '.', plugins: folders }, { taken: builtInProviders.map(({ id }) => id), takenSources: simulatedClouds.map(({ source }) => source) }))
}

function cloudsOf({ plugins, failures }: Awaited<ReturnType<typeof loadPlugins>>): KnownClouds {
  const providers = [...builtInProviders, ...plugins.map(({ provider }) => provider)]
  return { providers, withoutProvider: cloudsWithoutProvider.filter(({ id }) => !providers.some((provider) => provider.id === id)), plugins, failures }
}

/** One sentence about a plugin that is left out. */
export function failureText({ plugin, reason, hint }: PluginFailure): string {
  return `plugin ${plugin} is left out: ${reason}; ${hint}`
}

/**
 * Refuses to work without a plugin that the configuration lists; a discovered one may fail.
 *
 * @throws IsthmusError PLUGIN_FAILED naming each of them with the reason
 */
export function requirePlugins({ failures }: KnownClouds): void {
  const listed = failures.filter(({ origin }) => origin === 'listed')
  if (listed.length > 0) throw new IsthmusError('PLUGIN_FAILED', listed.map(failureText).join('\n'))
}

function bundledPackages(): string[] {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const dependencies = typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest ? manifest.dependencies : undefined
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : []
}
