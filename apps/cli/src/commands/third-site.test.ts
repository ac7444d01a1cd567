import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, listOf, outcomes, tunnelStates, type Ran } from '../testing/command-line.fixture.ts'

const two = `name: growing
sites:
  aws-seoul: { cloud: aws, region: ap-northeast-2, cidr: 10.10.0.0/16 }
  gcp-seoul: { cloud: gcp, region: asia-northeast3, cidr: 10.30.0.0/16 }
`
const three = `${two}  azure-seoul: { cloud: azure, region: koreacentral, cidr: 10.20.0.0/16 }\n`

const kept = ['gateway-aws-seoul', 'gateway-gcp-seoul', 'link-aws-seoul--gcp-seoul', 'network-aws-seoul', 'network-gcp-seoul']
const added = ['gateway-azure-seoul', 'link-aws-seoul--azure-seoul', 'link-azure-seoul--gcp-seoul', 'network-azure-seoul']

let line: CommandLine
let grown: Ran
let shrunk: Ran
let before: string[]

const ids = (): string[] => line.objects().map((object) => `${object.type} ${object.id}`).sort()

async function applied(text: string): Promise<Ran> {
  return line.run(['apply', line.write('order.yaml', text), '--simulated', '--speed', 'Infinity', '--json'])
}

beforeAll(async () => {
  line = await CommandLine.open()
  await applied(two)
  before = ids()
  grown = await applied(three)
  shrunk = await applied(two)
}, installTime)

afterAll(() => line.close())

function expectUntouched(ran: Ran): void {
  for (const stack of listOf(documentOf(ran), 'stacks').filter((item) => kept.includes(String(item['stack'])))) {
    expect(stack).toMatchObject({ outcome: 'unchanged', changes: { create: 0, update: 0, delete: 0, replace: 0 } })
  }
}

describe('a third site', () => {
  it('comes without a change to the networks, gateways and link that are there', () => {
    expect(grown).toMatchObject({ code: 0 })
    expect(outcomes(documentOf(grown))).toEqual(Object.fromEntries([...kept.map((name) => [name, 'unchanged']), ...added.map((name) => [name, 'applied'])]))
    expectUntouched(grown)
    expect(tunnelStates(documentOf(grown))).toEqual({ up: 10 })
  })

  it('goes without a change to the rest', () => {
    expect(shrunk).toMatchObject({ code: 0 })
    expect(outcomes(documentOf(shrunk))).toEqual(Object.fromEntries([...kept.map((name) => [name, 'unchanged']), ...added.map((name) => [name, 'destroyed'])]))
    expectUntouched(shrunk)
    expect(tunnelStates(documentOf(shrunk))).toEqual({ up: 4 })
    expect(ids()).toEqual(before)
  })
})
