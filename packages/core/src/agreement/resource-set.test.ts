import { describe, expect, it } from 'vitest'
import type { ResourceView } from './end-view.ts'
import { groupedBy, isToken, resourceSetOf } from './resource-set.ts'

const view = (type: string, name: string, values: Readonly<Record<string, unknown>>): ResourceView => ({ address: `${type}.${name}`, type, name, values })

const gateway = view('acme_gateway', 'north', { id: 'g-1', name: 'shared', arn: 'arn:g-1', self_link: 'https://g-1', addresses: [{ ip: '192.0.2.1' }] })
const network = view('acme_network', 'north', { name: 'shared' })
const set = resourceSetOf([gateway, network])

describe('a set of resources', () => {
  it.each(['g-1', 'arn:g-1', 'https://g-1', { token: 'acme_gateway.north.id' }, { token: 'acme_gateway.north.addresses.0.ip' }])('follows %j to the resource it stands for', (value) => {
    expect(set.follow(value)).toBe(gateway)
    expect(set.follow(value, 'acme_network')).toBeUndefined()
  })

  it('needs a type where two have one name', () => {
    expect(set.follow('shared', 'acme_network')).toBe(network)
    expect(set.follow('shared', 'acme_gateway')).toBe(gateway)
  })

  it.each([undefined, null, 7, 'nobody', { token: 'acme_gateway.south.id' }, { token: 'x', more: 1 }])('follows %j nowhere', (value) => {
    expect(set.follow(value)).toBeUndefined()
  })

  it('gives an attribute, or the token of one that is not there yet', () => {
    expect(set.attribute(gateway, 'addresses', 0, 'ip')).toBe('192.0.2.1')
    expect(set.attribute(gateway, 'addresses', 1, 'ip')).toEqual({ token: 'acme_gateway.north.addresses.1.ip' })
    expect(set.attribute(network, 'id')).toEqual({ token: 'acme_network.north.id' })
  })

  it('lists by type', () => {
    expect(set.ofType('acme_network')).toEqual([network])
    expect(set.ofType('acme_nothing')).toEqual([])
  })

  it('is grouped by what is made of each, without those of which nothing is', () => {
    const other = view('acme_network', 'south', { name: 'shared' })
    const groups = groupedBy([gateway, network, other], ({ type, name }) => (type === 'acme_gateway' ? undefined : name))
    expect([...groups]).toEqual([['north', [network]], ['south', [other]]])
    expect([...groupedBy([network, other], ({ type }) => type)]).toEqual([['acme_network', [network, other]]])
  })

  it('knows a token from a block', () => {
    expect([{ token: 'a' }, { token: 1 }, { token: 'a', b: 1 }, 'a', null].map(isToken)).toEqual([true, false, false, false, false])
  })
})
