import { describeProvider } from '@isthmus/provider-kit'
import { azureCloud } from '@isthmus/simulator'
import { apipaBlocks, tunnelsBySku } from './facts.ts'
import { azure } from './index.ts'

const sharedGroup = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shared'

describeProvider(azure, {
  sites: {
    default: { region: 'koreacentral', cidr: '10.20.0.0/16' },
    'existing resource group': { region: 'koreacentral', cidr: '10.21.0.0/16', resourceGroup: 'shared', sku: 'VpnGw4AZ', tags: { team: 'network' } },
  },
  simulatedCloud: azureCloud,
  existing: [{ type: 'azurerm_resource_group', id: sharedGroup, attributes: { id: sharedGroup, name: 'shared', location: 'koreacentral' } }],
  moreFacts: { apipaBlocks, tunnelsBySku },
  folder: new URL('..', import.meta.url),
})
