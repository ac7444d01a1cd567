import { afterAll, beforeAll, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, outcomes, tunnelStates, type Ran } from '../testing/command-line.fixture.ts'

const order = (defaults: string, blocks: readonly [string, string]): string => `name: changing
defaults: ${defaults}
sites:
  aws-seoul: { cloud: aws, region: ap-northeast-2, cidr: ${blocks[0]} }
  gcp-seoul: { cloud: gcp, region: asia-northeast3, cidr: ${blocks[1]} }
`

let line: CommandLine

async function applied(defaults: string, aws = '10.10.0.0/16', gcp = '10.30.0.0/16'): Promise<Ran> {
  return line.run(['apply', line.write('order.yaml', order(defaults, [aws, gcp])), '--simulated', '--speed', 'Infinity', '--json'])
}

beforeAll(async () => {
  line = await CommandLine.open()
  await applied('{ keyVersion: 1 }')
}, installTime)

afterAll(() => line.close())

it('rotates keys in the link alone, although Google makes new tunnels for that', async () => {
  const ran = await applied('{ keyVersion: 2 }')
  expect(ran).toMatchObject({ code: 0 })
  expect(outcomes(documentOf(ran))).toEqual({ 'network-aws-seoul': 'unchanged', 'network-gcp-seoul': 'unchanged', 'gateway-aws-seoul': 'unchanged', 'gateway-gcp-seoul': 'unchanged', 'link-aws-seoul--gcp-seoul': 'applied' })
  expect(tunnelStates(documentOf(ran))).toEqual({ up: 4 })
}, installTime)

it.each(['static', 'bgp'])('goes over to %s routing, the link making way for its gateway', async (routing) => {
  const ran = await applied(`{ routing: ${routing}, keyVersion: 2 }`)
  expect(ran).toMatchObject({ code: 0 })
  expect(tunnelStates(documentOf(ran))).toEqual({ up: 4 })
}, installTime)

it('gives a network another address block, its link and gateway making way for it', async () => {
  const ran = await applied('{ keyVersion: 2 }', '10.11.0.0/16')
  expect(ran).toMatchObject({ code: 0 })
  expect(outcomes(documentOf(ran))).toEqual({ 'network-aws-seoul': 'applied', 'network-gcp-seoul': 'unchanged', 'gateway-aws-seoul': 'applied', 'gateway-gcp-seoul': 'unchanged', 'link-aws-seoul--gcp-seoul': 'applied' })
  expect(tunnelStates(documentOf(ran))).toEqual({ up: 4 })
}, installTime)

it('keeps a gateway that uses nothing of what its network replaces', async () => {
  const ran = await applied('{ keyVersion: 2 }', '10.11.0.0/16', '10.31.0.0/16')
  expect(ran).toMatchObject({ code: 0 })
  expect(outcomes(documentOf(ran))).toMatchObject({ 'network-gcp-seoul': 'applied', 'gateway-gcp-seoul': 'unchanged' })
  expect(tunnelStates(documentOf(ran))).toEqual({ up: 4 })
}, installTime)
