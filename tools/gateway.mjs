// npm run gateway: installs and builds what is missing, and starts the gateway with simulated clouds, keeping its data in .isthmus.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'

const env = await bootstrap()
const plugins = JSON.stringify(readdirSync(join(root, 'plugins')).map((name) => join(root, 'plugins', name)))
const gateway = spawn(process.execPath, [join(root, 'apps/gateway/bin/isthmus-gateway.mjs'), ...process.argv.slice(2)], { cwd: root, env: { ISTHMUS_PLUGINS: plugins, ISTHMUS_LOG_LEVEL: 'warn', ...env }, stdio: 'inherit' })
// A terminal signals the whole group; what is sent to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => gateway.kill(signal))
gateway.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)
})
