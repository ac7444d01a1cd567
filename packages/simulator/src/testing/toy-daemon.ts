import { runDaemon } from '../daemon/run-daemon.ts'
import { toyCloud } from './toy-cloud.ts'

/** Started by `run-typescript.mjs` with the home and the seconds of idleness as arguments. */
const [home, idleExit] = process.argv.slice(3)
if (home === undefined) throw new Error('no home was given')
await runDaemon({ home, speed: Infinity, clouds: [toyCloud], providers: [], idleExit: Number(idleExit) })
process.exit(0)
