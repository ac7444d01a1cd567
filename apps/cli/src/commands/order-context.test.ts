import { planOrder } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { providers } from '../providers.ts'
import { ordersFolder, requireCredentials, requireSimulated } from './order-context.ts'

const plan = planOrder({ name: 'two', sites: { left: { cloud: 'aws', region: 'us-east-1', cidr: '10.0.0.0/16' }, right: { cloud: 'gcp', region: 'us-east1', cidr: '10.1.0.0/16' } } }, { providers })
if (!plan.ok) throw new Error(JSON.stringify(plan.findings))

describe('requireCredentials', () => {
  it('names each cloud that has no credentials, its variables, and the way out', () => {
    expect(() => requireCredentials(plan, { AWS_PROFILE: 'work' })).toThrow('google (GOOGLE_… or CLOUDSDK_…)')
    expect(() => requireCredentials(plan, {})).toThrow('aws (AWS_…)')
    expect(() => requireCredentials(plan, {})).toThrow('--simulated')
  })

  it('is content when every cloud has some', () => {
    expect(() => requireCredentials(plan, { AWS_PROFILE: 'work', GOOGLE_PROJECT: 'p' })).not.toThrow()
  })
})

describe('requireSimulated', () => {
  it('names what nobody simulates', () => {
    expect(() => requireSimulated(plan, { serves: (source) => source === 'hashicorp/aws' })).toThrow('nobody simulates hashicorp/google;')
    expect(() => requireSimulated(plan, { serves: () => true })).not.toThrow()
  })
})

it('keeps simulated and real orders apart', () => {
  expect(ordersFolder('/home', true)).not.toBe(ordersFolder('/home', false))
})
