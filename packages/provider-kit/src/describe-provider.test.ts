import { describeProvider } from './describe-provider.ts'
import { mirror } from './mirror/mirror.ts'
import { mirrorCloud } from './mirror/mirror-cloud.ts'

// A provider that is known to be right passes, other mirrors among those that it is paired with.
describeProvider(mirror('interfaces', 'toy'), {
  sites: { default: { region: 'here', cidr: '10.10.0.0/16' } },
  simulatedCloud: mirrorCloud('toy'),
  others: [mirror('fresh', 'other'), mirror('active-active', 'another'), mirror('interfaces', 'toy')],
  invalidOptions: { 'a size': { size: 'large' } },
})
