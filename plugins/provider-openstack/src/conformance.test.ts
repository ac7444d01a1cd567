import { describeProvider } from '@isthmus/provider-kit'
import { openstack } from './index.ts'
import { adopted, adoptedIds, isolatedIds } from '../test/adopted.ts'
import { simulatedCloud } from './simulated-cloud/index.ts'

describeProvider(openstack, {
  sites: {
    default: { region: 'seoul-1', cidr: '10.70.0.0/16' },
    'a region of its own name': {
      region: 'seoul-2', zones: ['rack-a', 'rack-b'], cidr: '10.71.0.0/16', externalNetwork: 'public', additionalCiphers: true, tags: ['team:network'],
      subnets: [{ name: 'apps', cidr: '10.71.0.0/24' }, { name: 'data', cidr: '10.71.1.0/24', zone: 'rack-b' }],
    },
    'existing network': { region: 'RegionOne', cidr: '10.72.0.0/24', subnets: [{ name: 'old', cidr: '10.72.0.0/24' }], existing: adoptedIds },
    'existing network without a router': { region: 'RegionOne', cidr: '10.72.0.0/24', subnets: [{ name: 'old', cidr: '10.72.0.0/24' }], existing: { network: isolatedIds.network, subnets: isolatedIds.subnets } },
  },
  simulatedCloud,
  existing: adopted,
  invalidOptions: {
    'an external network beside an existing network': { externalNetwork: 'public', existing: adoptedIds },
    'an existing network without subnets': { existing: { ...adoptedIds, subnets: [] } },
    'a name in place of an id': { existing: { ...adoptedIds, router: 'edge' } },
    'a tag with a comma': { tags: ['a,b'] },
  },
  folder: new URL('..', import.meta.url),
})
