import { clouds, runDaemon } from '@isthmus/simulator'
import { providers } from '../providers.ts'

const [home = '', speed = '1', idleExit = '20'] = process.argv.slice(2)

await runDaemon({ home, speed: Number(speed), idleExit: Number(idleExit), clouds, providers })
// Waits of calls that were cut off would keep the process for as long as a gateway takes.
process.exit()
