import { describe, expect, it, test } from 'vitest'
import { type NetworkTree, treeLimits, validateNetworkTree } from './validate-tree.ts'

function tree(cidr: string, ...subnets: (string | NetworkTree)[]): NetworkTree {
  return { cidr, subnets: subnets.map((subnet) => (typeof subnet === 'string' ? { cidr: subnet } : subnet)) }
}

const cases: [behaviour: string, root: NetworkTree, expected: string[]][] = [
  ['accepts nested networks', tree('10.0.0.0/16', tree('10.0.0.0/17', '10.0.0.0/24', '10.0.1.0/24'), '10.0.128.0/17'), []],
  ['refuses a subnet that contains its network', tree('10.0.0.0/16', '10.0.0.0/8'), ['SUBNET_OUTSIDE network.subnets[0].cidr 10.0.0.0/17']],
  ['refuses a subnet that only starts inside its network', tree('10.0.0.0/17', '10.0.0.0/16'), ['SUBNET_OUTSIDE network.subnets[0].cidr 10.0.0.0/18']],
  ['refuses a subnet that is all of its network', tree('10.0.0.0/16', '10.0.0.0/16'), ['SUBNET_OUTSIDE network.subnets[0].cidr 10.0.0.0/17']],
  ['refuses a subnet of the other family', tree('10.0.0.0/16', 'fd00::/64'), ['SUBNET_OUTSIDE network.subnets[0].cidr']],
  ['names a bad text and goes on', tree('10.0.0.0/16', '10.0.0.0/99', 'what', '10.1.0.0/24'), ['CIDR_INVALID network.subnets[0].cidr', 'CIDR_INVALID network.subnets[1].cidr', 'SUBNET_OUTSIDE network.subnets[2].cidr 10.0.0.0/24']],
  ['checks what is below a bad text', tree('10.0.0.0', tree('10.0.1.77/24', '10.0.2.0/25', '10.0.2.0/24')), ['CIDR_INVALID network.cidr 10.0.0.0/8', 'CIDR_HOST_BITS network.subnets[0].cidr 10.0.1.0/24', 'SUBNET_OVERLAP network.subnets[0].subnets[1].cidr']],
  ['finds overlaps of siblings on each level', tree('10.0.0.0/8', tree('10.0.0.0/16', '10.0.0.0/24', '10.0.4.0/24', '10.0.0.128/25'), '10.0.128.0/17'), ['SUBNET_OVERLAP network.subnets[1].cidr 10.1.0.0/17', 'SUBNET_OVERLAP network.subnets[0].subnets[2].cidr 10.0.1.0/25']],
]

describe('validateNetworkTree', () => {
  test.each(cases)('%s', (_, root, expected) => {
    const found = validateNetworkTree(root, { path: 'network' })
    expect(found.map(({ code, path, facts }) => [code, path, facts?.['proposed']].filter((part) => part !== undefined).join(' ').trim())).toEqual(expected)
  })

  it('tells a subnet that is all of its network from one outside', () => {
    const titles = [tree('10.0.0.0/16', '10.0.0.0/16'), tree('10.0.0.0/16', '10.1.0.0/16')].map((root) => validateNetworkTree(root)[0]?.title)
    expect(titles).toEqual(['10.0.0.0/16 is all of its network 10.0.0.0/16.', '10.1.0.0/16 is not inside 10.0.0.0/16.'])
  })

  it('accepts public space unless told otherwise', () => {
    expect(validateNetworkTree(tree('8.8.8.0/24'))).toEqual([])
    expect(validateNetworkTree(tree('8.8.8.0/24'), { privateOnly: true }).map((item) => item.code)).toEqual(['CIDR_OUT_OF_RANGE'])
    expect(validateNetworkTree(tree('172.16.0.0/12'), { privateOnly: true })).toEqual([])
  })

  it('limits nodes and levels before it compares anything', () => {
    const wide = tree('10.0.0.0/8', ...Array.from({ length: treeLimits.nodes + 1 }, () => '10.0.0.0/24'))
    let deep = tree('10.0.0.0/24')
    for (let level = 0; level <= treeLimits.depth; level += 1) deep = { cidr: '10.0.0.0/24', subnets: [deep] }
    expect([wide, deep].map((root) => validateNetworkTree(root).map((item) => item.code))).toEqual([['ORDER_INVALID'], ['ORDER_INVALID']])
  })

  it('names each but the first of as many equal siblings as are allowed', () => {
    const equal = tree('10.0.0.0/8', ...Array.from({ length: treeLimits.nodes }, () => '10.0.0.0/24'))
    expect(validateNetworkTree(equal)).toHaveLength(treeLimits.nodes - 1)
  })
})
