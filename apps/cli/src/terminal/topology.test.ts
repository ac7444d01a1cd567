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

it('lets lines of several links that end at one box run into each other', () => {
  const site = (cloud: string, region: string, block: number) => ({ cloud, region, cidr: `10.${block}.0.0/16` })
  const plan = planOrder({ name: 'three', sites: { a: site('aws', 'us-east-1', 1), b: site('azure', 'eastus', 2), c: site('gcp', 'us-east1', 3) } }, { providers })
  if (!plan.ok) throw new Error(JSON.stringify(plan.findings))
  expect(topology(plan)).toEqual([
    '┌───────────────────────┐',
    '│ a  (aws us-east-1)    │──┬──┐',
    '│ 10.1.0.0/16  AS 64601 │  │  │',
    '└───────────────────────┘  │  │',
    '┌───────────────────────┐  │  │',
    '│ b  (azure eastus)     │──┼──┼──┐',
    '│ 10.2.0.0/16  AS 64602 │──┘  │  │',
    '└───────────────────────┘     │  │',
    '┌───────────────────────┐     │  │',
    '│ c  (gcp us-east1)     │     │  │',
    '│ 10.3.0.0/16  AS 64603 │─────┴──┘',
    '└───────────────────────┘',
  ])
})
