/** Files of a plugin package, by their names. */
export type PluginFiles = Readonly<Record<string, string>>

/** A plugin that is the cloud of a built-in provider under another name, so that it needs no simulated cloud of its own. */
export function borrowedPlugin(id: string, builtIn: string): PluginFiles {
  return {
    'package.json': manifest(id, {}),
    'index.js': `import { provider as lent } from ${JSON.stringify(import.meta.resolve(`@isthmus/provider-${builtIn}`))}\nexport const provider = { ...lent, id: ${JSON.stringify(id)} }\n`,
  }
}

/** The same with a simulated cloud of its own, in which there are boxes. */
export function pluginWithBoxes(id: string, builtIn: string): PluginFiles {
  const box = { version: 0, attributes: { id: { type: 'string', computed: true }, name: { type: 'string', required: true } } }
  const schema = { source: `${id}/${id}`, version: '1.0.0', origin: 'invented', configuration: {}, resources: { [`${id}_box`]: box }, dataSources: {} }
  return {
    ...borrowedPlugin(id, builtIn),
    'package.json': manifest(id, { simulatedCloud: './simulated-cloud.js' }),
    'simulated-cloud.js': `export const simulatedCloud = { source: ${JSON.stringify(schema.source)}, schema: ${JSON.stringify(schema)}, behaviours: {} }\n`,
  }
}

function manifest(id: string, more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ name: `isthmus-provider-${id}`, version: '0.3.0', type: 'module', peerDependencies: { '@isthmus/core': '^0.1.0' }, isthmus: { apiVersion: 1, id, provider: './index.js', ...more } })
}
