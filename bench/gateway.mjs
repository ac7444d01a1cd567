// How much a gateway answers, how long that takes and what it needs, at rest and while ten applies run. `node bench/gateway.mjs`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bootstrap } from '../tools/bootstrap.mjs'
import { memoryOf, processorTimeOf, readMetrics, startGateway } from './gateway-process.mjs'
import { fill } from './gateway-records.mjs'
import { load } from './load.mjs'
import { machine, median, table, time } from './measure.mjs'

const rounds = Number(process.argv[2] ?? 3)
/** Slow enough for ten applies to last longer than the questions asked meanwhile: a gateway takes some 40 minutes in the slowest cloud. */
const slow = { ISTHMUS_SIMULATED_SPEED: '10' }
const path = { vnets: '/tumblebug/ns/default/resources/vNet', vpns: '/tumblebug/ns/default/infra/any/vpn' }

const folder = mkdtempSync(join(tmpdir(), 'isthmus-bench-'))
try {
  const env = await bootstrap()
  await make(env)
  const starts = []
  for (let round = 0; round < rounds; round++) starts.push(await timeStart(env))
  const { rows, rest, busy, beginning } = await ask(env)
  process.stdout.write(`${machine()}\n\n`)
  table(['Question', 'Answer', 'Per second', 'Median', '99 of 100', 'Processor time of each', 'Longest block of the event loop (delay)'], rows)
  process.stdout.write('\n')
  table(['Start to first answer', 'Memory at rest', 'Most memory', 'Longest block while ten applies begin (delay)'], [[time(median(starts)), `${rest.now} MB`, `${busy.peak} MB`, `${time(beginning.longestBlock)} (${time(beginning.longestDelay)})`]])
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A pair of vNets with a VPN, made by a gateway, and copies of them. */
async function make(env) {
  const gateway = await startGateway(folder, env)
  await Promise.all([createVnet(gateway, 'model-a', 'aws-ap-northeast-2', 1), createVnet(gateway, 'model-b', 'azure-koreacentral', 2)])
  await post(gateway, path.vpns, { name: 'model', site1: { vNetId: 'model-a' }, site2: { vNetId: 'model-b' } })
  await Promise.all(Array.from({ length: 10 }, (_, index) => [createVnet(gateway, `apply-a${index}`, 'aws-ap-northeast-2', 10 + index), createVnet(gateway, `apply-b${index}`, 'azure-koreacentral', 30 + index)]).flat())
  await gateway.stop()
  await fill(join(folder, '.isthmus'), { vnets: 1000, vpns: 200 })
}

function createVnet(gateway, name, connectionName, block) {
  const subnetInfoList = [1, 2].map((subnet) => ({ name: `${name}-${subnet}`, ipv4_CIDR: `10.${block}.${subnet}.0/24` }))
  return post(gateway, path.vnets, { name, connectionName, cidrBlock: `10.${block}.0.0/16`, subnetInfoList })
}

async function timeStart(env) {
  const gateway = await startGateway(folder, env)
  await gateway.stop()
  return gateway.startUp
}

/** Every question several times, first with nothing else to do, then while ten applies run. */
async function ask(env) {
  const gateway = await startGateway(folder, { ...env, ...slow })
  await pause(2000)
  const rest = memoryOf(gateway.pid)
  const questions = [
    { title: 'validate 20 subnets', ...validate(20) },
    { title: 'validate 2,000 subnets', ...validate(2000) },
    { title: 'list 1,000 vNets', path: path.vnets },
    { title: 'list 200 VPNs with `InfoList`', path: `${path.vpns}?option=InfoList` },
    { title: 'check an order of 990 links', ...order(45) },
  ]
  const rows = []
  for (const question of questions) rows.push(await measureQuestion(gateway, question))
  await readMetrics(gateway)
  for (let index = 0; index < 10; index++) await post(gateway, path.vpns, { name: `apply-${index}`, site1: { vNetId: `apply-a${index}` }, site2: { vNetId: `apply-b${index}` } }, { prefer: 'respond-async' })
  await pause(10_000)
  const beginning = await readMetrics(gateway)
  for (const question of questions) rows.push(await measureQuestion(gateway, { ...question, title: `${question.title}, ten applies running` }))
  const busy = memoryOf(gateway.pid)
  const { runs } = await (await fetch(`${gateway.url}/isthmus/v1/runs?state=leased`, { headers: gateway.headers })).json()
  if (runs.length !== 10) throw new Error(`${runs.length} of ten applies were still running`)
  await gateway.stop()
  return { rows, rest, busy, beginning }
}

async function measureQuestion(gateway, { title, path, ...question }) {
  const results = []
  for (let round = 0; round < rounds; round++) {
    await readMetrics(gateway)
    const before = processorTimeOf(gateway.pid)
    const measured = await load({ ...question, url: `${gateway.url}${path}`, headers: gateway.headers })
    results.push({ ...measured, used: (processorTimeOf(gateway.pid) - before) / measured.answers, ...(await readMetrics(gateway)) })
  }
  const middle = (of) => median(results.map(of))
  return [title, `${Math.ceil(middle(({ bytes }) => bytes) / 1024)} KiB`, middle(({ perSecond }) => perSecond).toFixed(0), time(middle(({ median }) => median)), time(middle(({ p99 }) => p99)), time(middle(({ used }) => used)), `${time(middle(({ longestBlock }) => longestBlock))} (${time(middle(({ longestDelay }) => longestDelay))})`]
}

function validate(count) {
  const subnets = Array.from({ length: count }, (_, index) => ({ name: `subnet-${index}`, cidrBlock: `10.${Math.floor(index / 256)}.${index % 256}.0/24` }))
  return { path: '/tumblebug/util/net/validate', method: 'POST', body: JSON.stringify({ networkConfiguration: { cidrBlock: '10.0.0.0/8', name: 'all', subnets } }) }
}

/** A full mesh of sites in all clouds, which is far more than their quotas allow. */
function order(count) {
  const places = [['alibaba', 'ap-northeast-2'], ['aws', 'ap-northeast-2'], ['azure', 'koreacentral'], ['gcp', 'asia-northeast3'], ['ibm', 'jp-tok'], ['tencent', 'ap-seoul']]
  const sites = Object.fromEntries(Array.from({ length: count }, (_, index) => {
    const [cloud, region] = places[index % places.length]
    return [`site-${index}`, { cloud, region, cidr: `10.${index}.0.0/16` }]
  }))
  return { path: '/isthmus/v1/orders/validate', method: 'POST', body: JSON.stringify({ name: 'mesh', topology: 'full-mesh', sites }) }
}

async function post(gateway, path, body, headers = {}) {
  const answer = await fetch(`${gateway.url}${path}`, { method: 'POST', headers: { ...gateway.headers, ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}
