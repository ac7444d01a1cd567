import { describe, expect, it } from 'vitest'
import { options } from './options.ts'

describe('options of a site in Google Cloud', () => {
  it.each([
    ['nothing', {}],
    ['a project', { project: 'my-project-1' }],
    ['a project of a domain', { project: 'example.com:my-project' }],
    ['an existing network by name', { existing: { network: 'default' } }],
    ['an existing network by path', { existing: { network: 'projects/host-project/global/networks/shared', subnetworks: ['apps'] } }],
    ['an existing network by self link', { existing: { network: 'https://www.googleapis.com/compute/v1/projects/host-project/global/networks/shared' } }],
  ])('accept %s', (_what, value) => {
    expect(options.safeParse(value).success).toBe(true)
  })

  it.each([
    ['an unknown key', { projectId: 'my-project-1' }],
    ['an unknown key of existing', { existing: { network: 'default', vpc: 'x' } }],
    ['existing without a network', { existing: {} }],
    ['a subnetwork where a network belongs', { existing: { network: 'projects/p/regions/r/subnetworks/s' } }],
    ['a network name with an underscore', { existing: { network: 'my_net' } }],
    ['a subnetwork twice', { existing: { network: 'default', subnetworks: ['apps', 'projects/p/regions/r/subnetworks/apps'] } }],
    ['a project id with an expression', { project: '${var.x}' }],
  ])('refuse %s', (_what, value) => {
    expect(options.safeParse(value).success).toBe(false)
  })

  it('describe every field', () => {
    expect(Object.values(options.shape).every((field) => field.description)).toBe(true)
    const existing = options.shape.existing.unwrap()
    expect(Object.values(existing.shape).every((field) => field.description)).toBe(true)
  })
})
