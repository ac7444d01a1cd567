import { clouds, runDaemon } from '@isthmus/simulator'
import { cloudsOfPlugins, requirePlugins } from '../clouds/known-clouds.ts'

const [home = '', speed = '1', idleExit = '20', ...pluginFolders] = process.argv.slice(2)

const known = await cloudsOfPlugins(pluginFolders)
requirePlugins(known)
const simulated = known.plugins.flatMap((plugin) => plugin.simulated?.cloud ?? [])
await runDaemon({ home, speed: Number(speed), idleExit: Number(idleExit), clouds: [...clouds, ...simulated], providers: known.providers })
// Waits of calls that were cut off would keep the process for as long as a gateway takes.
process.exit()
