// A gateway for commands of documents: started, asked and stopped.
import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './bootstrap.mjs'

const documented = 'http://127.0.0.1:1323'

/** Starts the built gateway, or another command, and waits until it says where it is. */
export function startGateway({ cwd, env, args = [join(root, 'apps/gateway/bin/isthmus-gateway.mjs')] }) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ISTHMUS_LOG_LEVEL: 'warn', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => { child.once('close', resolve) })
  let said = ''
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text))
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      const [, url] = / at (http:\S+) with/.exec(said) ?? []
      if (url) resolve({ url, said: () => said, stop: () => (child.kill('SIGTERM'), ended) })
    })
    ended.then((code) => reject(new Error(`the gateway ended with ${code}: ${said}`)))
  })
}

/** Runs the commands of a block, with the address of a gateway in place of the documented one. */
export async function askAs(block, url) {
  const answers = []
  for (const command of block.trim().split(/\n(?=curl )/)) {
    const { stdout } = await promisify(execFile)('sh', ['-c', command.replaceAll(documented, url)])
    answers.push({ command, answer: stdout })
  }
  return answers
}
