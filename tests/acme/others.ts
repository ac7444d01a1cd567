import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AnyProvider } from '@isthmus/core'
import { loadPlugins } from '@isthmus/plugin-host'
import { clouds, type SimulatedCloud } from '@isthmus/simulator'
import { providers } from '../orders.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Whatever lies below `plugins/`, found as a host finds it. */
const { plugins, failures } = await loadPlugins({ from: root, plugins: readdirSync(`${root}plugins`).map((name) => `./plugins/${name}`) }, { taken: providers.map(({ id }) => id) })
if (failures.length > 0) throw new Error(failures.map(({ plugin, reason }) => `${plugin}: ${reason}`).join('\n'))

/** Every other provider there is: what a newcomer has to pair with. */
export const others: readonly AnyProvider[] = [...providers, ...plugins.map(({ provider }) => provider)]

/** Simulated clouds of all of them. */
export const otherClouds: readonly SimulatedCloud[] = [...clouds, ...plugins.flatMap(({ simulated }) => simulated?.cloud ?? [])]
