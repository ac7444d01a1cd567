// npm run demo: three clouds, simulated, from the order to tunnels that are up and back to nothing.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'

const env = await bootstrap().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
const child = spawn(process.execPath, [join(root, 'apps/cli/bin/isthmus.mjs'), 'demo', 'examples/three-clouds.yaml', ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' })
// The terminal sends Ctrl-C to both; the demo stops cleanly, and this process waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal))
child.on('close', (code) => (process.exitCode = code ?? 1))
