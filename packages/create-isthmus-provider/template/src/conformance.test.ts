import { describeProvider } from '@isthmus/provider-kit'
import { cloudname } from './index.ts'
import { simulatedCloud } from './simulated-cloud/index.ts'

describeProvider(cloudname, {
  // An example for each way in which the provider builds differently.
  sites: { default: { region: 'region-1', cidr: '10.10.0.0/16' } },
  simulatedCloud,
  folder: new URL('..', import.meta.url),
})
