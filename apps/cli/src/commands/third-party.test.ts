import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, countBy, documentOf, installTime, listOf, outcomes, tunnelStates } from '../testing/command-line.fixture.ts'

/** Written as a third party would, outside the packages, and known to the command by its configuration alone. */
const plugin = fileURLToPath(new URL('../../../../plugins/provider-openstack', import.meta.url))

const order = `name: guests
topology: { links: [[private, east], [private, west]] }
sites:
  private: { cloud: openstack, region: RegionOne, cidr: 10.1.0.0/16 }
  east: { cloud: aws, region: us-east-1, cidr: 10.2.0.0/16 }
  west: { cloud: gcp, region: us-west1, cidr: 10.3.0.0/16 }
`

let line: CommandLine
let file: string
beforeAll(async () => {
  line = await CommandLine.open()
  line.write('isthmus.config.yaml', `plugins: [${JSON.stringify(plugin)}]\n`)
  file = line.write('guests.yaml', order)
}, installTime)
afterAll(() => line.close())

describe('the cloud of a third party', () => {
  it('is linked with clouds that never heard of it', async () => {
    const ran = await line.run(['apply', file, '--simulated', '--speed', 'Infinity', '--json'])
    expect(ran).toMatchObject({ code: 0 })
    const document = documentOf(ran)
    expect(countBy(Object.values(outcomes(document)))).toEqual({ applied: 8 })
    expect(tunnelStates(document)).toEqual({ up: 4 })
    expect(new Set(line.objects().map(({ type }) => type.split('_')[0]))).toEqual(new Set(['aws', 'google', 'openstack']))
  })

  it('is as ordered, and a second apply changes nothing', async () => {
    expect(await line.run(['status', file, '--simulated'])).toMatchObject({ code: 0 })
    const ran = await line.run(['apply', file, '--simulated', '--speed', 'Infinity', '--json'])
    expect(countBy(Object.values(outcomes(documentOf(ran))))).toEqual({ unchanged: 8 })
  })

  it('is destroyed without a trace', async () => {
    const ran = await line.run(['destroy', file, '--simulated', '--speed', 'Infinity', '--json'])
    expect(ran).toMatchObject({ code: 0 })
    expect(line.objects()).toEqual([])
  })

  it('is unknown to a command that is not told of it', async () => {
    const ran = await line.run(['validate', file, '--config', line.write('none.yaml', ''), '--json'])
    expect(listOf(documentOf(ran), 'findings')).toMatchObject([{ code: 'CLOUD_UNKNOWN', path: 'sites.private.cloud' }])
  })
})
