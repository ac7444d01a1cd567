// node tools/fuzz-gateway.mjs: lets Schemathesis, which reads the OpenAPI document, ask a gateway with simulated clouds things that people
// would not. No answer may be a 5xx, differ from what the document says of it, or take 10 s. Ends with: N passed, N failed, N skipped.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { bootstrap, root, run } from './bootstrap.mjs'

/** What makes the requests. The same versions make the same requests from the same seed. */
const packages = ['schemathesis==4.32.5', 'hypothesis==6.170.17']
const seed = 20261124
/** Generated requests of one operation, besides those at the limits of each of its values. */
const examples = Number(process.env.ISTHMUS_FUZZ_EXAMPLES ?? 12)
/** Seconds that an answer may take. */
const patience = 10
const login = ['default', 'default']

const env = await bootstrap()
const python = await environment()
const folder = mkdtempSync(join(tmpdir(), 'isthmus-fuzz-'))
const clouds = join(folder, 'clouds')
const gateway = startGateway()
let asking
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => [asking, gateway].forEach((child) => child?.kill(signal)))

try {
  const url = await address()
  await prepare(url)
  const report = await fuzz(url)
  const faults = await ending(url)
  const failed = report.test_cases.unique_failures + report.errors.length + faults.length
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  const broken = new Set([...report.failures, ...report.errors].flatMap(({ operations = [] }) => operations.map((operation) => JSON.stringify(operation))))
  process.stdout.write(`${report.test_cases.generated} requests to ${report.operations.tested} operations in ${Math.round(report.running_time)} s\n`)
  process.exitCode = failed === 0 && report.complete ? 0 : 1
  process.stdout.write(`${Math.max(0, report.operations.tested - broken.size)} passed, ${failed} failed, ${report.operations.skipped} skipped\n`)
} finally {
  gateway.kill('SIGKILL')
  const { stopDaemon } = await import(pathToFileURL(join(root, 'packages/simulator/dist/index.js')).href)
  await stopDaemon(clouds)
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}

/** A Python environment with the packages, in the user's cache. @returns the folder of its programs */
async function environment() {
  const place = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'isthmus', packages.join('-').replaceAll('==', '-'))
  const programs = join(place, process.platform === 'win32' ? 'Scripts' : 'bin')
  const done = join(place, 'installed')
  if (existsSync(done)) return programs
  process.stderr.write(`Installing ${packages.join(' and ')} into ${place} (about a quarter of a minute) …\n`)
  rmSync(place, { recursive: true, force: true })
  const need = 'Python 3.10 or newer with venv and pip is needed to fuzz the gateway; on Debian and Ubuntu: apt install python3-venv'
  await run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', place], { env, output: 'failure' }).catch((error) => fail(`${need}\n${error.message}`))
  await run(join(programs, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { env, output: 'failure' }).catch((error) => fail(`${packages.join(' and ')} cannot be installed: ${error.message}\n${need}`))
  writeFileSync(done, '')
  return programs
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

function startGateway() {
  const settings = {
    ISTHMUS_PORT: '0',
    ISTHMUS_LOG_LEVEL: 'error',
    ISTHMUS_DATA_FOLDER: join(folder, 'data'),
    ISTHMUS_SIMULATED_FOLDER: clouds,
    ISTHMUS_SIMULATED_SPEED: '1000000000',
    ISTHMUS_REQUESTS_PER_SECOND: '1000000',
    ISTHMUS_RUNS_AT_A_TIME: '2',
  }
  const child = spawn(process.execPath, [join(root, 'apps/gateway/bin/isthmus-gateway.mjs')], { cwd: folder, env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
  child.said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (child.said += text))
  return child
}

/** Where the gateway listens, once it does. */
async function address() {
  for (let waited = 0; waited < 60_000 && gateway.exitCode === null; waited += 50) {
    const found = /at (http:\S+)/.exec(gateway.said)?.[1]
    if (found !== undefined) return found
    await sleep(50)
  }
  throw new Error(`the gateway did not start: ${gateway.said}`)
}

async function ask(url, method, path, body) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(login.join(':')).toString('base64')}`, prefer: 'respond-async', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

/** Makes objects, so that requests reach more than a 404, and writes which values make sense where. */
async function prepare(url) {
  const { connectionconfig } = await ask(url, 'GET', '/tumblebug/connConfig')
  const first = new Map(connectionconfig.map(({ providerName, configName, regionDetail }) => [providerName, { configName, region: regionDetail.regionId }]))
  const { providers } = await ask(url, 'GET', '/isthmus/v1/providers')
  const places = providers.flatMap(({ id, orderable }) => (orderable && first.has(id) ? [{ cloud: id, ...first.get(id) }] : []))
  await ask(url, 'POST', '/tumblebug/ns', { name: 'fuzzed' })
  for (const namespace of ['fuzzed', 'default']) {
    for (const [index, { configName }] of places.slice(0, 2).entries()) {
      await ask(url, 'POST', `/tumblebug/ns/${namespace}/resources/vNet`, { name: `net-${index}`, connectionName: configName, cidrBlock: `10.${index}.0.0/16`, subnetInfoList: [{ name: 'sub-0', ipv4_CIDR: `10.${index}.1.0/24` }] })
    }
  }
  await ask(url, 'POST', '/terrarium/tr', { name: 'tr-0' })
  const values = {
    namespaces: ['fuzzed', 'default', 'system'],
    objects: ['net-0', 'net-1', 'vpn-0', 'infra-0', 'sub-0', 'tr-0', 'vnet-default'],
    connections: places.map(({ configName }) => configName),
    clouds: places.map(({ cloud }) => cloud),
    holders: ['admin'],
    regions: places.map(({ region }) => region),
    blocks: ['10.0.0.0/16', '10.1.0.0/16', '10.1.1.0/24', '10.1.2.0/24', '10.9.0.0/33', '::/0', '0.0.0.0/0'],
    specs: places.map(({ cloud, region }) => `${cloud}+${region}+small`),
  }
  const bindings = {
    namespaces: ['path.nsId'],
    objects: ['path.vNetId', 'path.subnetId', 'path.vpnId', 'path.infraId', 'path.trId', 'path.templateId', 'path.orderName', 'body.name', 'body.site1.vNetId', 'body.site2.vNetId', 'body.site1.vnet', 'body.site2.vnet'],
    connections: ['path.connConfigName', 'body.connectionName', 'body.vNetReq.connectionName'],
    clouds: ['path.providerId', 'path.providerName', 'body.mcNetConfigurations[*].csp'],
    holders: ['header.x-credential-holder', 'path.holderId'],
    regions: ['path.regionName', 'body.mcNetConfigurations[*].regions[*].name'],
    blocks: ['body.cidrBlock', 'body.subnetInfoList[*].ipv4_CIDR', 'body.ipv4_CIDR', 'body.networkConfiguration.cidrBlock', 'body.vNetReq.cidrBlock'],
    specs: ['body.nodeGroups[*].specId', 'body.vm[*].commonSpec', 'body.subGroups[*].commonSpec'],
  }
  // Meaning has rules that no schema tells, so valid JSON may be refused; and the peers' clients send null for what they leave out.
  writeFileSync(join(folder, 'schemathesis.toml'), [
    ...Object.entries(values).flatMap(([name, list]) => [`[dictionaries.${name}]`, `values = ${JSON.stringify(list)}`]),
    '[parameters]',
    ...Object.entries(bindings).flatMap(([name, keys]) => keys.map((key) => `${JSON.stringify(key)} = { dictionary = "${name}", probability = 0.7 }`)),
    '[checks]',
    'positive_data_acceptance.enabled = false',
    '[[operations]]',
    'include-path-regex = "^/(tumblebug|terrarium)/"',
    'checks.negative_data_rejection.enabled = false',
    '',
  ].join('\n'))
}

/** @returns the report of Schemathesis, which has printed what is wrong */
async function fuzz(url) {
  const report = join(folder, 'report.json')
  const options = ['--seed', seed, '--max-examples', examples, '--phases', 'coverage,fuzzing', '--workers', 2, '--request-timeout', patience, '--max-response-time', patience]
  const output = ['--no-color', '--warnings', 'off', '--no-shrink', '--continue-on-failure', '--generation-database', 'none', '--report', 'json', '--report-json-path', report]
  const args = ['--config-file', join(folder, 'schemathesis.toml'), 'run', `${url}/openapi.json`, '--auth', login.join(':'), '--header', 'Prefer: respond-async', ...options.map(String), ...output]
  asking = spawn(join(python, 'schemathesis'), args, { cwd: folder, env: { ...env, PYTHONUTF8: '1' }, stdio: 'inherit' })
  await new Promise((resolve, reject) => asking.on('error', reject).on('close', resolve))
  if (!existsSync(report)) throw new Error('Schemathesis wrote no report')
  return JSON.parse(readFileSync(report, 'utf8'))
}

/** What is wrong with the gateway after all that: it must be well, and stop in good order. */
async function ending(url) {
  const faults = []
  const { ready } = await ask(url, 'GET', '/tumblebug/readyz').catch(() => ({ ready: false }))
  if (!ready) faults.push('the gateway is not ready any more')
  const gone = new Promise((resolve) => gateway.once('close', resolve))
  gateway.kill('SIGTERM')
  const code = await Promise.race([gone, sleep(30_000, 'none within 30 s', { ref: false })])
  if (code !== 0) faults.push(`the gateway stopped with exit code ${code}`)
  const errors = gateway.said.split('\n').filter((line) => line.includes('"level":50') && !/"msg":"run(?: ends)?"/.test(line))
  return [...faults, ...errors.map((line) => `the gateway logged ${line.slice(0, 2_000)}`)]
}
