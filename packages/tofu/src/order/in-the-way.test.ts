import { describe, expect, it } from 'vitest'
import { changedOutputs, inTheWay, type Shrinking } from './in-the-way.ts'
import type { StackRecord } from './stack-record.ts'

const record = (name: string, after: readonly string[], bindings: Readonly<Record<string, unknown>>): StackRecord => ({ name, after, bindings, keys: [], passEnvironment: [], text: '' })

const records = [
  record('network-a', [], {}),
  record('network-b', [], {}),
  record('gateway-a', ['network-a'], { network_a_id: 'n-1' }),
  record('gateway-b', ['network-b'], { network_b_id: 'n-2' }),
  record('link-a--b', ['gateway-a', 'gateway-b'], { gateway_a_id: 'g-1', gateway_b_id: 'g-2' }),
  record('link-a--c', ['gateway-a', 'network-a'], { gateway_a_id: 'g-1', network_a_subnets: ['s-1'] }),
  record('link-b--c', ['gateway-b'], { gateway_b_id: 'g-2' }),
]

const shrinking = (name: string, replaces: boolean, ...outputs: readonly string[]): Shrinking => ({ name, replaces, outputs: new Set(outputs) })

describe('inTheWay', () => {
  it.each<readonly [string, Shrinking, readonly string[], readonly string[]]>([
    ['of a network whose id changes: its gateway behind the links of that', shrinking('network-a', true, 'id'), [], ['link-a--b', 'link-a--c', 'gateway-a']],
    ['of a network whose subnet changes: the link that uses it, and no gateway', shrinking('network-a', true, 'subnets'), [], ['link-a--c']],
    ['of a network of which nothing changes that anybody was given: nothing', shrinking('network-a', true, 'routes'), [], []],
    ['of a network: links beside that are to change anyway', shrinking('network-a', false), ['link-a--c', 'gateway-a', 'link-a--b'], ['link-a--c']],
    ['of a gateway of which something is replaced: all its links', shrinking('gateway-a', true), [], ['link-a--b', 'link-a--c']],
    ['of a gateway that loses something: links that are to change anyway', shrinking('gateway-a', false), ['link-a--b'], ['link-a--b']],
    ['of a gateway that loses an address: links that were given it', shrinking('gateway-b', false, 'id'), [], ['link-a--b', 'link-b--c']],
    ['of a link: nothing', shrinking('link-a--b', true), ['gateway-a'], []],
  ])('names what is in the way %s', (_, stack, changing, expected) => {
    expect(inTheWay(stack, records, ({ name }) => changing.includes(name))).toEqual(expected)
  })
})

describe('changedOutputs', () => {
  it('are those that a plan does not leave alone', () => {
    const change = (action: string): object => ({ actions: [action] })
    expect(changedOutputs({ output_changes: { id: change('update'), name: change('no-op'), gone: change('delete') } })).toEqual(new Set(['id', 'gone']))
    expect(changedOutputs({})).toEqual(new Set())
  })
})
