import type { AnyProvider } from '@isthmus/core'
import type { SimulatedCloud } from '@isthmus/simulator'

/** `listed` in a configuration, which says that it is needed; `discovered` among dependencies, which does not. */
export type PluginOrigin = 'listed' | 'discovered'

/** A plugin that passed every check. */
export interface LoadedPlugin {
  /** Id of its provider, which orders use as `cloud`. */
  readonly id: string
  readonly origin: PluginOrigin
  readonly packageName: string
  readonly version: string
  /** Folder of the package, free of symbolic links. */
  readonly folder: string
  readonly provider: AnyProvider
  /** Module that exports the provider; absolute. */
  readonly providerFile: string
  /** The simulated cloud, where the package brings one. */
  readonly simulated?: { readonly cloud: SimulatedCloud; /** Module that exports it, for another process to load; absolute. */ readonly file: string }
}

/**
 * The check that a plugin did not pass, in the order in which they are made. No code of a plugin runs before `import`.
 *
 * - `locate`: the package is there
 * - `manifest`: its package.json can be read and its `isthmus` entry has the right form
 * - `apiVersion`: this host knows the version of the contract
 * - `coreRange`: the running core is one that it asks for
 * - `path`: its modules exist and lie inside the package
 * - `id`: no other provider has its id
 * - `import`: its modules load in time
 * - `shape`: what they export is a provider and a simulated cloud
 */
export type PluginStage = 'locate' | 'manifest' | 'apiVersion' | 'coreRange' | 'path' | 'id' | 'import' | 'shape'

/** A plugin that is left out. The others are not affected. */
export interface PluginFailure {
  /** The plugin as it was listed, or the name of the package it was discovered as. */
  readonly plugin: string
  readonly origin: PluginOrigin
  readonly stage: PluginStage
  /** One sentence with the values in question. */
  readonly reason: string
  /** The next action. */
  readonly hint: string
}

/** What is checked before a plugin is left out; the plugin's name is added by the loader. */
export interface Fault {
  readonly stage: PluginStage
  readonly reason: string
  readonly hint: string
}

/** True for a fault, as opposed to what a check found out. */
export function isFault(value: object): value is Fault {
  return 'stage' in value && 'reason' in value
}
