import { describe, expect, it } from 'vitest'
import { isProblem, type Problem } from '../http/problem.ts'
import { clouds, connectionIn, noon, vnetOf } from '../testing/networks.fixture.ts'
import { checkVnet, planVnet } from './vnet-plan.ts'
import { newVnet, type VnetOrder } from './vnet-records.ts'

function refusalOf(order: Partial<VnetOrder>): Problem {
  try {
    checkVnet('n0123456789a', newVnet({ name: 'mine', connection: connectionIn.aws, cidr: '10.1.0.0/16', subnets: [{ name: 'sub', cidr: '10.1.0.0/24' }], ...order }, noon), clouds)
  } catch (error) {
    if (isProblem(error)) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const sub = (cidr: string, more: object = {}) => ({ name: `sub${cidr.length}${cidr.slice(-6, -3).replaceAll('.', '')}`, cidr, ...more })

describe('a vNet', () => {
  it.each<[string, Partial<VnetOrder>, RegExp]>([
    ['no block', { cidr: 'ten' }, /^cidrBlock$/],
    ['host bits in its block', { cidr: '10.1.0.5/16' }, /^cidrBlock$/],
    ['a public block', { cidr: '8.8.0.0/16', subnets: [sub('8.8.8.0/24')] }, /^cidrBlock$/],
    ['a block that is too large for its cloud', { cidr: '10.0.0.0/8', subnets: [sub('10.1.0.0/24')] }, /^cidrBlock$/],
    ['a subnet that is none', { subnets: [sub('10.1.0.0')] }, /^subnetInfoList\[0\]\.ipv4_CIDR$/],
    ['host bits in a subnet', { subnets: [sub('10.1.0.77/24')] }, /^subnetInfoList\[0\]\.ipv4_CIDR$/],
    ['a subnet that is larger than its vNet', { subnets: [sub('10.0.0.0/15')] }, /^subnetInfoList\[0\]\.ipv4_CIDR$/],
    ['a subnet that is all of its vNet', { subnets: [sub('10.1.0.0/16')] }, /^subnetInfoList\[0\]\.ipv4_CIDR$/],
    ['a subnet that is all of a block that its cloud knows nothing of', { connection: connectionIn.gcp, subnets: [sub('10.1.0.0/16')] }, /^subnetInfoList\[0\]\.ipv4_CIDR$/],
    ['the name of the subnet of the gateway', { connection: connectionIn.azure, subnets: [sub('10.1.0.0/24', { name: 'gatewaysubnet' })] }, /^subnetInfoList\[0\]\.name$/],
    ['a subnet outside', { subnets: [sub('10.2.0.0/24')] }, /^subnetInfoList\[0\]\.ipv4_CIDR$/],
    ['a zone of another region', { subnets: [sub('10.1.0.0/24', { zone: 'us-east-1a' })] }, /^subnetInfoList\[0\]\.zone$/],
    ['blocks of subnets that overlap, and none of its own', { connection: connectionIn.gcp, cidr: '', subnets: [sub('10.1.0.0/24'), sub('10.1.0.0/23')] }, /^subnetInfoList\[1\]\.ipv4_CIDR$/],
    ['a public subnet, and no block of its own', { connection: connectionIn.gcp, cidr: '', subnets: [sub('10.1.0.0/24'), sub('8.8.8.0/24')] }, /^subnetInfoList\[1\]\.ipv4_CIDR$/],
  ])('refuses %s at its place in the body', (_, order, place) => {
    const { code, detail, message } = refusalOf(order)
    expect(code).toBe('FINDINGS')
    const paths = (detail.findings ?? []).filter(({ severity }) => severity === 'error').map(({ path }) => path)
    expect(paths.some((path) => place.test(path)), paths.join()).toBe(true)
    expect([message, ...paths, ...(detail.findings ?? []).flatMap(({ title, hint }) => [title, hint])].join(' ')).not.toMatch(/tb[0-9a-v]{18}|\bsites\b|\bcidrs\b/)
  })

  it('says everything at once', () => {
    const { detail } = refusalOf({ subnets: [sub('10.2.0.0/24'), sub('10.1.0.0/24', { zone: 'nowhere' })] })
    expect((detail.findings ?? []).map(({ path }) => path)).toEqual(expect.arrayContaining(['subnetInfoList[0].ipv4_CIDR', 'subnetInfoList[1].zone']))
  })

  it('that its cloud has already is not judged again', () => {
    const [known] = vnetOf('mine', connectionIn.aws, 1, { subnets: [{ name: 'all', cidr: '10.1.0.0/16' }] }).subnets
    if (!known) throw new Error('the vNet has no subnet')
    expect(() => checkVnet('n0123456789a', { ...vnetOf('mine', connectionIn.aws, 1), subnets: [{ ...known, csp: { id: 'subnet-1', name: 'all' } }] }, clouds)).not.toThrow()
  })

  it.each(Object.entries(connectionIn))('plans a network of %s', (_, connection) => {
    const plan = planVnet('n0123456789a', vnetOf('mine', connection, 1), clouds)
    expect(plan.fragments.map(({ id }) => id.split('/')[0])).toEqual(['network'])
  })
})
