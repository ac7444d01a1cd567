import { describe, expect, it } from 'vitest'
import { options } from './options.ts'

const existing = { vpcId: 'vpc-0xi1', vswitchIds: ['vsw-0xi1', 'vsw-0xi2'] }

describe('options', () => {
  it('have defaults for everything', () => {
    expect(options.parse({})).toEqual({ bandwidth: 100 })
  })

  it.each([
    ['a bandwidth', { bandwidth: 1000 }],
    ['an existing VPC', { existing }],
    ['one vSwitch twice, as a region with one zone needs', { existing: { ...existing, vswitchIds: ['vsw-0xi1', 'vsw-0xi1'] } }],
    ['route tables of an existing VPC', { existing: { ...existing, routeTableIds: ['vtb-0xi1', 'vtb-0xi2'] } }],
    ['tags', { tags: { team: 'network' } }],
  ])('take %s', (_, given) => {
    expect(options.parse(given)).toMatchObject(given)
  })

  it.each([
    ['a bandwidth that does not exist', { bandwidth: 300 }, ['bandwidth']],
    ['a single vSwitch', { existing: { ...existing, vswitchIds: ['vsw-0xi1'] } }, ['existing', 'vswitchIds']],
    ['an id of something else', { existing: { ...existing, vpcId: 'vsw-0xi1' } }, ['existing', 'vpcId']],
    ['a route table twice', { existing: { ...existing, routeTableIds: ['vtb-0xi1', 'vtb-0xi1'] } }, ['existing', 'routeTableIds']],
    ['an empty list of route tables', { existing: { ...existing, routeTableIds: [] } }, ['existing', 'routeTableIds']],
    ['a field nobody reads', { bandwith: 100 }, []],
  ])('refuse %s', (_, given, path) => {
    expect(options.safeParse(given).error?.issues.map((issue) => issue.path)).toEqual([path])
  })
})
