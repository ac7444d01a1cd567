import { resolve } from 'node:path'
import { checkApiVersion, checkCoreRange, checkId, moduleInside, runningCore } from './check-manifest.ts'
import { importExport } from './import-module.ts'
import { locatePackage } from './locate.ts'
import { declaresPlugin, dependenciesOf, readManifest, readPackageJson, type Manifest } from './manifest.ts'
import { isFault, type Fault, type LoadedPlugin, type PluginFailure, type PluginOrigin } from './plugin.ts'
import { asProvider, asSimulatedCloud } from './shape.ts'

/** Which plugins are wanted. */
export interface PluginRequest {
  /** Folder that packages are resolved from and relative paths start at: that of the configuration. */
  readonly from: string
  /** Names of packages, or paths to their folders that begin with `.` or are absolute. */
  readonly plugins: readonly string[]
  /** Whether the direct dependencies of the `package.json` in `from` that declare a plugin are wanted too. Off when left out. */
  readonly discover?: boolean
}

/** What the host has already, and how long it waits. */
export interface PluginSettings {
  /** Ids of the providers that the host brings. */
  readonly taken: readonly string[]
  /** Registry sources of the simulated clouds that the host brings. */
  readonly takenSources?: readonly string[]
  /** Packages that the host brings; discovery passes over them in silence. */
  readonly bundled?: readonly string[]
  /** Milliseconds that a module may take to load; 5000 when left out. */
  readonly timeoutMs?: number
}

/** Plugins in the order asked for, discovered ones behind; and those left out. */
export interface PluginResult {
  readonly plugins: readonly LoadedPlugin[]
  readonly failures: readonly PluginFailure[]
}

const defaultTimeoutMs = 5000

interface Candidate {
  readonly plugin: string
  readonly origin: PluginOrigin
  readonly folder: string | undefined
}

/**
 * Finds, checks and loads provider plugins. All that can be checked without running a plugin's code is checked first; a plugin
 * that fails is reported and left out, and never keeps the others from working. Never rejects for the fault of a plugin.
 *
 * A plugin runs in this process with all its rights: time-outs and checks guard against mistakes, not against malice.
 */
export async function loadPlugins(request: PluginRequest, settings: PluginSettings): Promise<PluginResult> {
  const version = runningCore()
  const plugins: LoadedPlugin[] = []
  const failures: PluginFailure[] = []
  for (const candidate of candidatesOf(request, settings)) {
    const taken = { ids: [...settings.taken, ...plugins.map(({ id }) => id)], sources: [...(settings.takenSources ?? []), ...plugins.flatMap(({ simulated }) => simulated?.cloud.source ?? [])] }
    const loaded = await loadGuarded(candidate, version, taken, settings.timeoutMs ?? defaultTimeoutMs)
    if (isFault(loaded)) failures.push({ plugin: candidate.plugin, origin: candidate.origin, ...loaded })
    else plugins.push(loaded)
  }
  return { plugins, failures }
}

function candidatesOf({ from, plugins, discover }: PluginRequest, { bundled }: PluginSettings): Candidate[] {
  const listed = [...new Set(plugins)].map((plugin): Candidate => ({ plugin, origin: 'listed', folder: locatePackage(from, plugin) }))
  if (discover !== true) return listed
  const json = readPackageJson(resolve(from))
  const known = new Set(listed.map(({ folder }) => folder))
  const names = dependenciesOf('value' in json ? json.value : undefined).filter((name) => bundled?.includes(name) !== true)
  return [
    ...listed,
    ...names.flatMap((plugin): Candidate[] => {
      const folder = locatePackage(from, plugin)
      if (folder === undefined || known.has(folder)) return []
      const found = readPackageJson(folder)
      return 'value' in found && declaresPlugin(found.value) ? [{ plugin, origin: 'discovered', folder }] : []
    }),
  ]
}

interface Taken {
  readonly ids: readonly string[]
  readonly sources: readonly string[]
}

/** What a plugin exports may throw when somebody looks at it. */
async function loadGuarded(candidate: Candidate, version: string, taken: Taken, timeoutMs: number): Promise<LoadedPlugin | Fault> {
  try {
    return await load(candidate, version, taken, timeoutMs)
  } catch (error) {
    return { stage: 'shape', reason: `what it exports cannot be looked at: ${error instanceof Error ? error.message : String(error)}`, hint: 'export plain objects' }
  }
}

async function load({ plugin, origin, folder }: Candidate, version: string, taken: Taken, timeoutMs: number): Promise<LoadedPlugin | Fault> {
  if (folder === undefined) return { stage: 'locate', reason: `there is no package ${plugin}`, hint: 'install it where the configuration is, or correct its name; a path begins with ./ or is absolute' }
  const manifest = readManifest(folder)
  if (isFault(manifest)) return manifest
  const files = filesOf(folder, manifest, version, taken.ids)
  if (isFault(files)) return files
  const exported = await importExport(files.provider, 'provider', timeoutMs)
  if (isFault(exported)) return exported
  const provider = asProvider(exported.value, manifest)
  if (isFault(provider)) return provider
  const simulated = files.simulatedCloud === undefined ? undefined : await loadSimulated(files.simulatedCloud, taken.sources, timeoutMs)
  if (simulated && isFault(simulated)) return simulated
  const { name: packageName, version: pluginVersion, isthmus: { id } } = manifest
  return { id, origin, packageName, version: pluginVersion, folder, provider: provider.provider, providerFile: files.provider, ...(simulated ? { simulated } : {}) }
}

/** The modules of a plugin, after every check that needs none of its code. */
function filesOf(folder: string, manifest: Manifest, version: string, ids: readonly string[]): { readonly provider: string; readonly simulatedCloud?: string } | Fault {
  const { isthmus } = manifest
  const refused = checkApiVersion(manifest) ?? checkCoreRange(manifest, version)
  if (refused) return refused
  const provider = moduleInside(folder, isthmus.provider)
  if (isFault(provider)) return provider
  const cloud = isthmus.simulatedCloud === undefined ? undefined : moduleInside(folder, isthmus.simulatedCloud)
  if (cloud && isFault(cloud)) return cloud
  return checkId(manifest, ids) ?? { provider: provider.file, ...(cloud ? { simulatedCloud: cloud.file } : {}) }
}

async function loadSimulated(file: string, sources: readonly string[], timeoutMs: number): Promise<NonNullable<LoadedPlugin['simulated']> | Fault> {
  const exported = await importExport(file, 'simulatedCloud', timeoutMs)
  if (isFault(exported)) return exported
  const checked = asSimulatedCloud(exported.value, sources)
  return isFault(checked) ? checked : { cloud: checked.cloud, file }
}
