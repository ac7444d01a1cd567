import { isHub } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { gcp } from './index.ts'
import { sampleSite } from '../test/samples.ts'

describe('the provider', () => {
  it('is a hub of this contract', () => {
    expect(gcp).toMatchObject({ id: 'gcp', apiVersion: 1 })
    expect(isHub(gcp)).toBe(true)
  })

  it.each([
    ['its region', {}, { region: 'asia-northeast3' }],
    ['its region and project', { project: 'my-project-1' }, { region: 'asia-northeast3', project: 'my-project-1' }],
  ])('configures a site with %s', (_what, options, configuration) => {
    expect(gcp.use(sampleSite({ options }))).toEqual({ name: 'google', source: 'hashicorp/google', version: '~> 7.45', configuration })
  })
})
