import { planOrder } from '@isthmus/core'
import { expect, it } from 'vitest'
import { providers } from '../providers.ts'
import { topology } from './topology.ts'

it('draws each site as a box and each link as a line between two of them', () => {
  const plan = planOrder({ name: 'two', sites: { left: { cloud: 'aws', region: 'us-east-1', cidr: '10.0.0.0/16' }, right: { cloud: 'gcp', region: 'us-east1', cidr: '10.1.0.0/16' } } }, { providers })
  if (!plan.ok) throw new Error(JSON.stringify(plan.findings))
  expect(topology(plan)).toEqual([
    '┌───────────────────────┐',
    '│ left  (aws us-east-1) │──┐',
    '│ 10.0.0.0/16  AS 64601 │  │',
    '└───────────────────────┘  │',
    '┌───────────────────────┐  │',
    '│ right  (gcp us-east1) │  │',
    '│ 10.1.0.0/16  AS 64602 │──┘',
    '└───────────────────────┘',
  ])
})
