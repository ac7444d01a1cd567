import { planOrder } from '@isthmus/core'
import { aws } from '@isthmus/provider-aws'
import { gcp } from '@isthmus/provider-gcp'

const order = {
  name: 'pair',
  sites: {
    'aws-seoul': { cloud: 'aws', region: 'ap-northeast-2', cidr: '10.10.0.0/16' },
    'gcp-seoul': { cloud: 'gcp', region: 'asia-northeast3', cidr: '10.30.0.0/16' },
  },
}

const plan = planOrder(order, { providers: [aws, gcp] })
if (!plan.ok) throw new Error(plan.findings.map(({ path, title, hint }) => `${path}: ${title} ${hint}`).join('\n'))
for (const { link, routing, suite, tunnels } of plan.deals) {
  console.log(`${link}: ${tunnels.length} tunnels over ${routing}, phase 1 ${suite.phase1.encryption}`)
  for (const { id, inside } of tunnels) console.log(`  tunnel ${id} in ${inside.cidr}`)
}
