import { loadPlugins } from '@isthmus/plugin-host'
import { clouds, runDaemon } from '@isthmus/simulator'
import { builtInProviders } from '../start/built-in-providers.ts'

const [home = '', speed = '1', idleExit = '20', ...pluginFolders] = process.argv.slice(2)

// The gateway has loaded these plugins, so that one which is not there yet is only slow.
const { plugins, failures } = await loadPlugins({ from: '.', plugins: pluginFolders }, { taken: builtInProviders.map(({ id }) => id), takenSources: clouds.map(({ source }) => source), timeoutMs: 60_000 })
if (failures.length > 0) throw new Error(`plugins were loaded before and are not now: ${failures.map(({ plugin, reason }) => `${plugin}: ${reason}`).join('; ')}`)
const providers = [...builtInProviders, ...plugins.map(({ provider }) => provider)]
const simulated = plugins.flatMap((plugin) => plugin.simulated?.cloud ?? [])
await runDaemon({ home, speed: Number(speed), idleExit: Number(idleExit), clouds: [...clouds, ...simulated], providers })
// Waits of calls that were cut off would keep the process for as long as a gateway takes.
process.exit()
