import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, countBy, documentOf, installTime, listOf, outcomes, threeClouds, tunnelStates, type Ran } from '../testing/command-line.fixture.ts'

let line: CommandLine
let first: Ran
let second: Ran

const clouds = ['--simulated', '--speed', 'Infinity', '--json']

beforeAll(async () => {
  line = await CommandLine.open()
  first = await line.run(['apply', threeClouds, ...clouds])
  second = await line.run(['apply', threeClouds, ...clouds])
}, installTime)

afterAll(() => line.close())

describe('three clouds in a full mesh', () => {
  it('come up with three links and ten tunnels', () => {
    expect(first).toMatchObject({ code: 0 })
    const document = documentOf(first)
    expect(document).toMatchObject({ ok: true, simulated: true, findings: [] })
    expect(countBy(listOf(document, 'tunnels').map((tunnel) => String(tunnel['link'])))).toEqual({ 'aws-seoul--azure-seoul': 4, 'aws-seoul--gcp-seoul': 4, 'azure-seoul--gcp-seoul': 2 })
    expect(tunnelStates(document)).toEqual({ up: 10 })
    expect(new Set(Object.values(outcomes(document)))).toEqual(new Set(['applied']))
    expect(Object.keys(outcomes(document))).toHaveLength(9)
  })

  it('are left alone by a second apply', () => {
    expect(second).toMatchObject({ code: 0 })
    const document = documentOf(second)
    expect(tunnelStates(document)).toEqual({ up: 10 })
    expect(countBy(Object.values(outcomes(document)))).toEqual({ unchanged: 9 })
    for (const stack of listOf(document, 'stacks')) expect(stack['changes']).toMatchObject({ create: 0, update: 0, delete: 0, replace: 0 })
  })

  it('are as ordered, says status', async () => {
    const ran = await line.run(['status', threeClouds, ...clouds])
    expect(ran).toMatchObject({ code: 0 })
    expect(documentOf(ran)).toMatchObject({ ok: true, simulated: true, findings: [] })
    expect(tunnelStates(documentOf(ran))).toEqual({ up: 10 })
  })

  it('are gone after destroy, in state and in the clouds', async () => {
    expect(line.objects()).not.toEqual([])
    const ran = await line.run(['destroy', threeClouds, ...clouds])
    expect(ran).toMatchObject({ code: 0 })
    expect(countBy(Object.values(outcomes(documentOf(ran))))).toEqual({ destroyed: 9 })
    expect(line.objects()).toEqual([])
    const again = await line.run(['destroy', threeClouds, ...clouds])
    expect(again).toMatchObject({ code: 0 })
    expect(documentOf(again)).toMatchObject({ ok: true, stacks: [] })
  })
})
