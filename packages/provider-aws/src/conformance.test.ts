import { describeProvider } from '@isthmus/provider-kit'
import { awsCloud } from '@isthmus/simulator'
import { transitGatewayConnections } from './facts.ts'
import { aws } from './index.ts'

describeProvider(aws, {
  sites: {
    'virtual private gateway': { region: 'ap-northeast-2', cidr: '10.10.0.0/16' },
    'transit gateway': { region: 'ap-northeast-2', cidr: '10.11.0.0/16', gateway: 'tgw', tags: { team: 'network' } },
  },
  simulatedCloud: awsCloud,
  moreFacts: { transitGatewayConnections },
  folder: new URL('..', import.meta.url),
})
