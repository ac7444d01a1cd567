import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, listOf, outcomes, type Ran } from '../testing/command-line.fixture.ts'

const order = `name: adopting
topology: { links: [[north, south]] }
sites:
  north: { cloud: gcp, region: asia-northeast3, cidr: 10.10.0.0/16 }
  south: { cloud: gcp, region: us-east1, cidr: 10.20.0.0/16 }
`
const network = 'adopting-north'
const byHand = `
provider "google" {
  region = "asia-northeast3"
}
resource "google_compute_network" "by_hand" {
  name                            = "${network}"
  auto_create_subnetworks         = false
  delete_default_routes_on_create = false
  routing_mode                    = "GLOBAL"
}
`

let line: CommandLine
let file: string

const clouds = ['--simulated', '--speed', 'Infinity', '--json']

beforeAll(async () => {
  line = await CommandLine.open()
  file = line.write('order.yaml', order)
}, installTime)

afterAll(() => line.close())

const adopt = (stack: string, address: string, id: string): Promise<Ran> => line.run(['adopt', file, stack, address, id, ...clouds])

describe('isthmus adopt', () => {
  it('takes in an object that a cloud holds already, and the order goes on from there', async () => {
    line.write('main.tf', byHand)
    expect(await line.run(['simulate', '--keep', '--speed', 'Infinity', '--', 'sh', '-c', 'tofu init && tofu apply -auto-approve'])).toMatchObject({ code: 0 })
    const [object] = line.objects()

    const refused = await line.run(['apply', file, ...clouds])
    expect(refused).toMatchObject({ code: 3 })
    expect(listOf(documentOf(refused), 'stacks').find((stack) => stack['stack'] === 'network-north')).toMatchObject({ outcome: 'failed', error: expect.stringContaining('already exists') })

    const adopted = await adopt('network-north', 'google_compute_network.north', String(object?.id))
    expect(adopted, adopted.stderr).toMatchObject({ code: 0 })
    expect(documentOf(adopted)).toMatchObject({ ok: true, simulated: true, stack: 'network-north', address: 'google_compute_network.north' })
    const applied = await line.run(['apply', file, ...clouds])
    expect(applied, applied.stderr).toMatchObject({ code: 0 })
    const again = await line.run(['apply', file, ...clouds])
    expect([...new Set(Object.values(outcomes(documentOf(again))))]).toEqual(['unchanged'])
    expect(line.objects().filter((item) => item.type === 'google_compute_network' && item.attributes['name'] === network)).toHaveLength(1)
  })

  it.each([
    { what: 'a stack that is not there', args: ['network-east', 'google_compute_network.east', 'x'], code: 'WORKSPACE_INVALID', says: 'no stack network-east' },
    { what: 'what is no address', args: ['network-north', 'google_compute_network', 'x'], code: 'WORKSPACE_INVALID', says: 'not the address of a resource' },
    { what: 'a resource that is there already', args: ['network-north', 'google_compute_network.north', network], code: 'TOFU_FAILED', says: 'Resource already managed' },
    { what: 'an object that no cloud holds', args: ['network-north', 'google_compute_subnetwork.nobody', 'nothing'], code: 'TOFU_FAILED', says: 'tofu import failed' },
  ] as const)('refuses $what', async ({ args: [stack, address, id], code, says }) => {
    const ran = await adopt(stack, address, id)
    expect(ran).toMatchObject({ code: 3 })
    expect(documentOf(ran)).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(says) } })
  })
})
