export { loadPlugins, type PluginRequest, type PluginResult, type PluginSettings } from './load-plugins.ts'
export type { LoadedPlugin, PluginFailure, PluginOrigin, PluginStage } from './plugin.ts'
