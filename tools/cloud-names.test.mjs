import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './bootstrap.mjs'
import { cloudNames, homesOf, keptFiles, namesIn, strayNames, textOf } from './cloud-names.mjs'

/** Where clouds are named outside their homes, and why that makes nobody the half of a pair. */
const allowed = [
  { at: /(^|\/)(README|CONTRIBUTING)\.md$|^NOTICE$|^docs\/|^\.changeset\//, because: 'people are told which clouds there are and what is true of each' },
  { at: /^(examples|bench|deploy)\//, because: 'orders and measurements are about real clouds' },
  { at: /^tests\/|^apps\/.*(\.test\.ts|\.fixture\.ts)$|^apps\/[a-z-]+\/test\//, because: 'what clouds do together is tested with real ones' },
  { at: /^apps\/cli\/src\/providers\.ts$|^apps\/gateway\/src\/start\/built-in-providers\.ts$|^apps\/[a-z-]+\/(package|tsconfig\.build)\.json$/, because: 'list of the providers that an application brings along' },
  { at: /^apps\/gateway\/src\/terrarium\//, because: 'mc-terrarium names clouds in the paths and fields of its API' },
  { at: /^packages\/cloud-facts\/src\/index\.ts$|^packages\/simulator\/src\/(clouds\/)?index\.ts$/, because: 'list of what the package holds' },
  { at: /^packages\/simulator\/src\/(real-schemas|schema\/rules|clouds\/second-plan)\.test\.ts$/, because: 'the generic engine is tested with schemas of real clouds' },
  { at: /^packages\/provider-[a-z]+\/src\/facts\.ts$/, because: 'the document that a fact was read in may have another cloud in its name' },
  { at: /^packages\/tofu\/module\/go\.(mod|sum)$|^package-lock\.json$/, because: 'names and hashes of other people’s packages' },
  { at: /^tools\/(cloud-names(\.test)?|arrows\.test|packaging\.test|make-simulator-schemas)\.mjs$/, because: 'the guards must know what they look for, and schemas come from somewhere' },
]

const stray = keptFiles().flatMap((file) => strayNames(file, textOf(file)))

describe('a cloud is named', () => {
  it('in its own folders and in the few places above, and nowhere else', () => {
    const found = stray.filter(({ file }) => !allowed.some(({ at }) => at.test(file)))
    expect(found.map(({ file, word, line }) => `${file}:${line} ${word}`)).toEqual([])
  })

  it.each(allowed)('at $at, because $because', ({ at }) => {
    const used = stray.some(({ file }) => at.test(file))
    // What is not there yet needs no exception yet, but its reason stands.
    expect(used || keptFiles().every((file) => !at.test(file)), 'nothing there names a cloud any more').toBe(true)
  })

  it('by a name that the scan knows, for every provider and simulated cloud there is', () => {
    const folders = [
      ...['packages', 'plugins'].flatMap((folder) => readdirSync(join(root, folder))).filter((name) => name.startsWith('provider-') && name !== 'provider-kit').map((name) => name.slice('provider-'.length)),
      ...readdirSync(join(root, 'packages/simulator/src/clouds'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name),
      ...readdirSync(join(root, 'packages/cloud-facts/src')).filter((name) => /^[a-z]+\.ts$/.test(name) && name !== 'index.ts').map((name) => name.slice(0, -'.ts'.length)),
    ]
    expect(folders.filter((name) => !(name in cloudNames))).toEqual([])
  })
})

describe('the scan', () => {
  it.each([
    ['aws_vpc', 'aws'],
    ['const awsRegion = 1', 'aws'],
    ['GoogleNetwork', 'gcp'],
    ['ref(`google_compute_network.${name}`)', 'gcp'],
    ['source: \'hashicorp/azurerm\'', 'azure'],
    ['AWS_PROFILE', 'aws'],
    ['alicloud_vpc', 'alibaba'],
    ['of Tencent Cloud.', 'tencent'],
    ['ibmTransit', 'ibm'],
    ['openstack2', 'openstack'],
    ['KT Cloud', 'kt'],
  ])('finds the cloud in %j', (text, cloud) => {
    expect(namesIn(text).map((name) => name.cloud)).toEqual([cloud])
  })

  it.each(['laws', 'flaws and outlaws', 'awsome', 'sktop', 'tktk', 'the ibmoor', 'ncps', 'a cloud'])('finds none in %j', (text) => {
    expect(namesIn(text)).toEqual([])
  })

  it.each([
    ['packages/provider-aws/src/link.ts', 'aws_vpn_gateway', []],
    ['packages/provider-aws/src/link.ts', 'when the peer is Azure', ['Azure']],
    ['packages/provider-gcp/src/azure.ts', '', ['azure']],
    ['packages/core/src/plan/plan.ts', 'if (cloud === \'gcp\') return', ['gcp']],
    ['packages/simulator/src/clouds/ibm/gateway.ts', 'ibm_is_vpn_gateway and aws_vpn_gateway', ['aws']],
    ['plugins/provider-openstack/src/read.ts', 'openstack_vpnaas_service_v2', []],
  ])('of %s with %j finds outside names %j', (file, text, words) => {
    expect(strayNames(file, text).map(({ word }) => word)).toEqual(words)
  })

  it('reads every file that is kept', () => {
    const files = keptFiles()
    expect(files.length).toBeGreaterThan(500)
    expect(files).toContain('tools/cloud-names.test.mjs')
    expect(Object.keys(cloudNames).flatMap(homesOf).filter((home) => home.endsWith('/') && files.some((file) => file.startsWith(home))).length).toBeGreaterThan(12)
  })
})
