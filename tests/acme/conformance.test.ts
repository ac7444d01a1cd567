import { describeProvider } from '@isthmus/provider-kit'
import { others } from './others.ts'
import { provider } from './src/index.ts'
import { simulatedCloud } from './src/simulated-cloud/index.ts'

describeProvider(provider, {
  sites: { default: { region: 'north-1', cidr: '10.200.0.0/16' }, large: { region: 'south-1', cidr: '10.201.0.0/16', size: 'large' } },
  simulatedCloud,
  others,
  invalidOptions: { 'a size that is not sold': { size: 'huge' } },
})
