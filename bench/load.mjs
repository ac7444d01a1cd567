// A client that asks as fast as it is answered, over connections that stay open.
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'

/**
 * Asks one question over and over.
 *
 * @returns answers per second, the median and the 99th percentile of the milliseconds until an answer was there whole, the bytes of
 * the last one, and how many there were with those of the time to warm up
 */
export async function load({ url, headers, method = 'GET', body, connections = 50, warmUp = 1000, duration = 5000 }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const options = { method, agent, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) } }
  const begin = performance.now() + warmUp
  const end = begin + duration
  const latencies = []
  let answers = 0
  let bytes = 0
  await Promise.all(Array.from({ length: connections }, async () => {
    for (let now = performance.now(); now < end; now = performance.now()) {
      const answer = await ask(url, options, body)
      if (answer.status !== 200) throw new Error(`${method} ${url} answered ${answer.status}`)
      bytes = answer.bytes
      answers++
      if (now >= begin) latencies.push(performance.now() - now)
    }
  }))
  agent.destroy()
  const passed = (performance.now() - begin) / 1000
  const sorted = Float64Array.from(latencies).sort()
  return { perSecond: latencies.length / passed, median: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), bytes, answers }
}

function ask(url, options, body) {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (answer) => {
      let bytes = 0
      answer.on('data', (chunk) => (bytes += chunk.length))
      answer.on('end', () => resolve({ status: answer.statusCode, bytes }))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
