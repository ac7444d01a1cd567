import { describe, expect, it } from 'vitest'
import { options } from './options.ts'

describe('options', () => {
  it('fill in defaults', () => {
    expect(options.parse({})).toEqual({ bandwidth: 200, apiCiphers: false })
  })

  it.each([
    ['a bandwidth that is sold', { bandwidth: 5 }],
    ['API ciphers', { apiCiphers: true }],
    ['an existing VPC', { existing: { vpcId: 'vpc-1a2b3c4d' } }],
    ['an existing VPC with route tables', { existing: { vpcId: 'vpc-1a2b3c4d', routeTableIds: ['rtb-1', 'rtb-2'] } }],
    ['tags', { tags: { team: 'net' } }],
  ])('accept %s', (_what, given) => {
    expect(options.parse(given)).toMatchObject(given)
  })

  it.each([
    ['a bandwidth that is not sold', { bandwidth: 300 }],
    ['an unknown key', { speed: 5 }],
    ['an unknown key of an existing network', { existing: { vpcId: 'vpc-1', subnetIds: [] } }],
    ['the id of something else', { existing: { vpcId: 'rtb-1' } }],
    ['no route table', { existing: { vpcId: 'vpc-1', routeTableIds: [] } }],
    ['one route table twice', { existing: { vpcId: 'vpc-1', routeTableIds: ['rtb-1', 'rtb-1'] } }],
  ])('refuse %s', (_what, given) => {
    expect(options.safeParse(given).success).toBe(false)
  })

  it('describe every field', () => {
    expect(Object.entries(options.shape).filter(([, field]) => !field.description && !field.unwrap().description)).toEqual([])
  })
})
