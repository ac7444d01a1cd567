import { describeProvider } from '@isthmus/provider-kit'
import { tencentCloud } from '@isthmus/simulator'
import { apiCiphers, leastBgpBandwidth } from './facts.ts'
import { tencent } from './index.ts'

describeProvider(tencent, {
  sites: {
    default: { region: 'ap-tokyo', cidr: '10.60.0.0/16' },
    'too slow for BGP': { region: 'ap-seoul', cidr: '10.61.0.0/16', bandwidth: 50, tags: { team: 'network' } },
    'ciphers that only the API names': { region: 'ap-seoul', cidr: '10.62.0.0/16', apiCiphers: true },
  },
  simulatedCloud: tencentCloud,
  moreFacts: { apiCiphers, leastBgpBandwidth },
  folder: new URL('..', import.meta.url),
})
