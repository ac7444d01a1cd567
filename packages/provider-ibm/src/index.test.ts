import { isHub } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { ibm } from './index.ts'

describe('the provider', () => {
  it('is a hub of this contract', () => {
    expect(ibm).toMatchObject({ id: 'ibm', apiVersion: 1, environment: ['IC_', 'IBMCLOUD_'] })
    expect(isHub(ibm)).toBe(true)
  })

  it('configures a site with its region, which must be that of its VPC', () => {
    expect(ibm.use(siteWith())).toEqual({ name: 'ibm', source: 'IBM-Cloud/ibm', version: '~> 2.5', configuration: { region: 'jp-tok' } })
  })
})
