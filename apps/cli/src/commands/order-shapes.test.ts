import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, countBy, documentOf, installTime, listOf, outcomes, type Ran } from '../testing/command-line.fixture.ts'
import { existingOrder, ownNetworks } from '../testing/own-networks.fixture.ts'

let line: CommandLine

const clouds = ['--simulated', '--speed', 'Infinity', '--json']

const sites = (aws = ''): string => `sites:
  aws-seoul: { cloud: aws, region: ap-northeast-2, cidr: 10.10.0.0/16${aws} }
  azure-seoul: { cloud: azure, region: koreacentral, cidr: 10.20.0.0/16 }
  gcp-seoul: { cloud: gcp, region: asia-northeast3, cidr: 10.30.0.0/16 }
`

beforeAll(async () => {
  line = await CommandLine.open()
}, installTime)

afterAll(() => line.close())

/** Applies an order twice: all tunnels must be up, and the second apply must find nothing to do. Returns tunnels per link. */
async function appliedTwice(file: string): Promise<Record<string, number>> {
  const first = await line.run(['apply', file, ...clouds])
  expect(first).toMatchObject({ code: 0 })
  const tunnels = listOf(documentOf(first), 'tunnels')
  expect(tunnels.filter((tunnel) => tunnel['state'] !== 'up')).toEqual([])
  const second = await line.run(['apply', file, ...clouds])
  expect(second).toMatchObject({ code: 0 })
  expect(Object.keys(countBy(Object.values(outcomes(documentOf(second)))))).toEqual(['unchanged'])
  return countBy(tunnels.map((tunnel) => String(tunnel['link'])))
}

async function destroyed(file: string): Promise<Ran> {
  const ran = await line.run(['destroy', file, ...clouds])
  expect(ran).toMatchObject({ code: 0 })
  return ran
}

describe('an order', () => {
  it.each([
    { shape: 'with static routes', text: `name: fixed\ndefaults: { routing: static }\n${sites()}`, links: { 'aws-seoul--azure-seoul': 1, 'aws-seoul--gcp-seoul': 4, 'azure-seoul--gcp-seoul': 2 } },
    { shape: 'around a hub that is a transit gateway', text: `name: star\ntopology: { hub: aws-seoul }\n${sites(', gateway: tgw')}`, links: { 'aws-seoul--azure-seoul': 4, 'aws-seoul--gcp-seoul': 4 } },
  ])('$shape comes up, settles and goes', async ({ text, links }) => {
    const file = line.write('order.yaml', text)
    expect(await appliedTwice(file)).toEqual(links)
    await destroyed(file)
    expect(line.objects()).toEqual([])
  })

  it('connects networks that were there before, and leaves them there', async () => {
    const cwd = line.folder
    line.write('main.tf', ownNetworks)
    const tofu = (...args: string[]): Promise<Ran> => line.run(['simulate', '--keep', '--speed', 'Infinity', '--', 'tofu', ...args], { cwd })
    await tofu('init')
    expect(await tofu('apply', '-auto-approve')).toMatchObject({ code: 0 })
    const before = line.objects().map((object) => object.id).sort()
    const outputs: unknown = JSON.parse((await tofu('output', '-json')).stdout)
    const file = line.write('existing.yaml', existingOrder((name) => String(Object(Object(outputs)[name]).value)))
    expect(await appliedTwice(file)).toEqual({ 'aws-own--azure-own': 4, 'aws-own--gcp-own': 4, 'azure-own--gcp-own': 2 })
    expect(await tofu('plan', '-detailed-exitcode')).toMatchObject({ code: 0 })
    await destroyed(file)
    expect(line.objects().map((object) => object.id).sort()).toEqual(before)
  })
})
