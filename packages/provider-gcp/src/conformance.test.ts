import { describeProvider } from '@isthmus/provider-kit'
import { gcpCloud } from '@isthmus/simulator'
import { gcp } from './index.ts'

describeProvider(gcp, {
  sites: { default: { region: 'asia-northeast3', cidr: '10.30.0.0/16' } },
  simulatedCloud: gcpCloud,
  folder: new URL('..', import.meta.url),
})
