// A gateway as a process of its own, the way people run it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { root } from '../tools/bootstrap.mjs'

const headers = { authorization: `Basic ${Buffer.from('default:default').toString('base64')}` }

/** Starts a gateway on any free port. `startUp` is the milliseconds until it answered its first question. */
export async function startGateway(folder, env) {
  const start = performance.now()
  const child = spawn(process.execPath, [join(root, 'apps/gateway/bin/isthmus-gateway.mjs')], {
    cwd: folder,
    env: { ...env, ISTHMUS_PORT: '0', ISTHMUS_LOG_LEVEL: 'warn', ISTHMUS_REQUESTS_PER_SECOND: '1000000', ISTHMUS_RUNS_AT_A_TIME: '10' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => { child.once('exit', resolve) })
  const url = await addressOf(child)
  const answer = await fetch(`${url}/tumblebug/readyz`)
  if (answer.status !== 200) throw new Error(`the gateway is not ready: ${answer.status}`)
  return { url, headers, startUp: performance.now() - start, pid: child.pid, stop: () => child.kill('SIGTERM') && ended }
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)))
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      const [, url] = /gateway \S+ at (\S+)/.exec(said) ?? []
      if (url) resolve(url)
    })
  })
}

/** What the gateway says of itself. The delays of its event loop are those since it was asked last. */
export async function readMetrics({ url, headers: login }) {
  const text = await (await fetch(`${url}/metrics`, { headers: login })).text()
  const value = (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  return { longestDelay: value('nodejs_eventloop_lag_max_seconds') * 1000, longestBlock: value('isthmus_event_loop_blocked_max_seconds') * 1000 }
}

/** Milliseconds of processor time that a process used in all its threads; Linux counts hundredths of seconds. */
export function processorTimeOf(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ').slice(11, 13)
  return (Number(user) + Number(system)) * 10
}

/** Megabytes that a process holds, and the most it ever held. Linux only. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024)
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}
