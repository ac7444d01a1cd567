import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './bootstrap.mjs'
import { startGateway } from './gateway-process.mjs'

const start = promisify(execFile)
const scratch = mkdtempSync(join(tmpdir(), 'isthmus-packaging-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const packages = ['packages', 'apps', 'plugins'].flatMap((folder) => readdirSync(join(root, folder)).filter((name) => existsSync(join(root, folder, name, 'package.json'))).map((name) => describePackage(`${folder}/${name}`)))

/** Tarballs by package name. They are packed once: a prepack script writes into the package's folder. */
const tarballs = new Map()
beforeAll(async () => {
  await Promise.all(packages.map(async ({ folder, name }) => {
    const { stdout } = await start('npm', ['pack', '--json', '--pack-destination', scratch], { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
    const [packed] = Object.values(JSON.parse(stdout.slice(stdout.search(/^[[{]/m))))
    tarballs.set(name, { file: join(scratch, packed.filename), files: packed.files.map(({ path }) => path) })
  }))
})

describe.each(packages)('$name', ({ name, manifest }) => {
  it('packs what a user needs and nothing else', () => {
    const { files } = tarballs.get(name)
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'NOTICE']))
    const wanted = /^(package\.json|README\.md|LICENSE|NOTICE|bin\/.+\.mjs|template\/.+|dist\/.+\.(js|d\.ts|js\.map|d\.ts\.map)|dist\/page\/.+|module\/(go\.mod|go\.sum|tools\.go))$/
    expect(files.filter((file) => !wanted.test(file) || (/\.(test|fixture)\.|\/testing\//.test(file) && !file.startsWith('template/')))).toEqual([])
  })

  it('has everything a registry shows', () => {
    expect(manifest).toMatchObject({ license: 'Apache-2.0', type: 'module', publishConfig: { access: 'public' }, engines: { node: '>=20.19' }, repository: { type: 'git' }, description: expect.stringMatching(/.{20}/) })
  })

  it('satisfies publint', async () => {
    const { messages } = await publint({ strict: true, pack: { tarball: new Uint8Array(readFileSync(tarballs.get(name).file)).buffer } })
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([])
  })
})

// The command has no entry of its own to import.
it.each(packages.filter(({ manifest }) => manifest.exports['.']))('$name has types that every modern resolution finds', async ({ name }) => {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
  const { code = 0, stdout } = await start(process.execPath, [attw, tarballs.get(name).file, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji'], { cwd: scratch }).catch((failure) => failure)
  expect(code, stdout).toBe(0)
})

it('packs the Go module that builds OpenTofu', () => {
  expect(tarballs.get('@isthmus/tofu').files).toEqual(expect.arrayContaining(['module/go.mod', 'module/go.sum', 'module/tools.go']))
})

describe('in an empty project', () => {
  const project = join(scratch, 'project')
  beforeAll(async () => {
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const names = ['@isthmus/core', '@isthmus/provider-aws', '@isthmus/provider-gcp']
    await start('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...names.map((name) => tarballs.get(name).file)], { cwd: project })
  })

  it('there is one core', () => {
    expect(readdirSync(join(project, 'node_modules/@isthmus')).sort()).toEqual(['core', 'provider-aws', 'provider-gcp'])
    expect(existsSync(join(project, 'node_modules/@isthmus/provider-aws/node_modules'))).toBe(false)
  })

  it('twenty lines plan a link, with types and without skipLibCheck', async () => {
    const script = readFileSync(join(root, 'examples/plan-a-link.ts'), 'utf8')
    expect(script.trim().split('\n').length).toBeLessThanOrEqual(20)
    writeFileSync(join(project, 'plan.ts'), script)
    const options = { target: 'es2023', module: 'nodenext', strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['plan.ts'] }))
    const compiled = await start(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project]).then(() => '', ({ stdout }) => stdout)
    expect(compiled).toBe('')
    const { stdout } = await start(process.execPath, [join(project, 'plan.js')], { cwd: project })
    expect(stdout).toMatch(/^aws-seoul--gcp-seoul: 4 tunnels over bgp/)
    expect(stdout.trim().split('\n')).toHaveLength(5)
  })

  it('one provider is enough for a site', async () => {
    writeFileSync(join(project, 'one.mjs'), "import { aws } from '@isthmus/provider-aws'\nconsole.log(aws.id, aws.facts.title)\n")
    const { stdout } = await start(process.execPath, ['one.mjs'], { cwd: project })
    expect(stdout).toBe('aws Amazon Web Services\n')
  })
})

describe('a provider alone, from its tarball, against the published kit', () => {
  const project = join(scratch, 'conformance')
  const providers = packages.filter(({ folder, manifest }) => manifest.isthmus && existsSync(join(folder, 'src/conformance.test.ts')))
  let report

  beforeAll(async () => {
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const names = ['@isthmus/core', '@isthmus/provider-kit', '@isthmus/simulator', '@isthmus/tofu']
    const vitest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.vitest
    await start('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...names.map((name) => tarballs.get(name).file), `vitest@${vitest}`], { cwd: project })
    for (const { folder, name, manifest } of providers) {
      // Each provider has a folder of its own below what they share, so none can find another.
      const place = join(project, manifest.isthmus.id, 'node_modules', name)
      mkdirSync(place, { recursive: true })
      await start('tar', ['-xzf', tarballs.get(name).file, '-C', place, '--strip-components=1'])
      const test = readFileSync(join(folder, 'src/conformance.test.ts'), 'utf8').replace("'./index.ts'", `'${name}'`).replace("'./simulated-cloud/index.ts'", `'./node_modules/${name}/${manifest.isthmus.simulatedCloud}'`).replace("'../test/", "'./test/").replace(/'\.\/([\w-]+)\.ts'/g, `'./node_modules/${name}/dist/$1.js'`).replace(/^ {2}folder: .*\n/m, '')
      if (existsSync(join(folder, 'test'))) cpSync(join(folder, 'test'), join(project, manifest.isthmus.id, 'test'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
      writeFileSync(join(project, manifest.isthmus.id, 'conformance.test.ts'), test)
    }
    // OpenTofu applies with each of them where they are tested; here one is enough to see that the published engine does.
    const [first] = providers
    const pattern = `^(?!provider \\S+ apply )|^provider ${first.manifest.isthmus.id} `
    const { stdout } = await start(process.execPath, [join(project, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', '-t', pattern], { cwd: project, env: withoutVitest(), maxBuffer: 2 ** 26 }).catch((failure) => failure)
    report = JSON.parse(stdout.slice(stdout.indexOf('{"')))
  }, 600_000)

  it.each(providers)('$name passes', ({ manifest }) => {
    const result = report.testResults.find(({ name }) => name.includes(`/${manifest.isthmus.id}/`))
    expect(result.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName, failureMessages }) => [fullName, ...failureMessages])).toEqual([])
    expect(result.assertionResults.filter(({ status }) => status === 'passed').length).toBeGreaterThan(50)
  })

  it('OpenTofu has been at work', () => {
    const applied = report.testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ fullName, status }) => / apply /.test(fullName) && status === 'passed')
    expect(applied.length).toBeGreaterThan(0)
  })
})

describe('the gateway from its tarball', () => {
  const project = join(scratch, 'gateway')
  const ours = (name) => Object.keys({ ...packages.find((item) => item.name === name)?.manifest.dependencies, ...packages.find((item) => item.name === name)?.manifest.peerDependencies }).filter((other) => tarballs.has(other))

  beforeAll(async () => {
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const names = new Set(['@isthmus/gateway'])
    for (const name of names) for (const other of ours(name)) names.add(other)
    await start('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', ...[...names].map((name) => tarballs.get(name).file)], { cwd: project })
  })

  it('has the program of the simulated clouds', () => {
    expect(tarballs.get('@isthmus/gateway').files).toContain('dist/stacks/daemon-main.js')
  })

  it('has the licences of what it contains of others', () => {
    expect(tarballs.get('@isthmus/gateway').files).toEqual(expect.arrayContaining(['dist/page/LICENSE', 'dist/page/NOTICE', 'dist/page/swagger-ui-bundle.js.LICENSE.txt']))
  })

  it('installs nothing that runs a script at that, such as one that reports installations', () => {
    // It warns of a version range that the project gave for it.
    const harmless = ['node_modules/protobufjs']
    const { packages: installed } = JSON.parse(readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8'))
    expect(Object.keys(installed).length).toBeGreaterThan(20)
    expect(Object.entries(installed).filter(([path, { hasInstallScript }]) => hasInstallScript && !harmless.includes(path)).map(([path]) => path)).toEqual([])
  })

  it('starts as npx starts it, answers, makes a network, shows its page, and stops', async () => {
    const gateway = await startGateway({ cwd: project, env: { ISTHMUS_PORT: '0' }, args: [join(project, 'node_modules/.bin/isthmus-gateway')] })
    try {
      const ready = await fetch(`${gateway.url}/tumblebug/readyz`)
      expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ ready: true })])
      const headers = { authorization: `Basic ${btoa('default:default')}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ name: 'packed', connectionName: 'ibm-jp-tok', cidrBlock: '10.0.0.0/16', subnetInfoList: [{ name: 'one', ipv4_CIDR: '10.0.1.0/24' }] })
      const made = await fetch(`${gateway.url}/tumblebug/ns/default/resources/vNet`, { method: 'POST', headers, body })
      expect(await made.json()).toMatchObject({ status: 'Available' })
      for (const file of ['', 'docs/start.js', 'docs/swagger-ui.css', 'docs/swagger-ui-bundle.js']) expect((await fetch(`${gateway.url}/${file}`)).status, file).toBe(200)
    } finally {
      expect(await gateway.stop(), gateway.said()).toBe(0)
    }
  })
})

/** A run inside a run would take itself for a worker. */
function withoutVitest() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'NODE_ENV'))
}

function describePackage(folder) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  return { folder: join(root, folder), name: manifest.name, manifest }
}
