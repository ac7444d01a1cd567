import { describeProvider } from '@isthmus/provider-kit'
import { alibabaCloud } from '@isthmus/simulator'
import { bgpSupport } from './facts.ts'
import { alibaba } from './index.ts'

describeProvider(alibaba, {
  sites: {
    default: { region: 'ap-northeast-2', cidr: '10.40.0.0/16' },
    'region without BGP': { region: 'ap-northeast-1', cidr: '10.41.0.0/16', bandwidth: 10, tags: { team: 'network' } },
  },
  simulatedCloud: alibabaCloud,
  moreFacts: { bgpSupport },
  folder: new URL('..', import.meta.url),
})
