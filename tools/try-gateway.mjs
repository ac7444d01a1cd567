// Does what the README says of the gateway: npm run gateway, its commands, and Ctrl-C.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './bootstrap.mjs'
import { askAs, startGateway } from './gateway-process.mjs'

const folder = mkdtempSync(join(tmpdir(), 'isthmus-try-'))
const gateway = await startGateway({ cwd: root, args: [join(root, 'tools/gateway.mjs')], env: { ISTHMUS_PORT: '0', ISTHMUS_DATA_FOLDER: folder } })
try {
  const [, block] = /^```sh\n(curl [\s\S]*?)^```$/m.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  for (const { command, answer } of await askAs(block, gateway.url)) process.stdout.write(`${command}\n${answer}\n`)
  const page = await (await fetch(gateway.url)).text()
  if (!page.includes('swagger-ui')) throw new Error('there is no page of the API')
} finally {
  const code = await gateway.stop()
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`${gateway.said()}stopped with ${code}\n`)
  process.exitCode = code === 0 ? process.exitCode : 1
}
