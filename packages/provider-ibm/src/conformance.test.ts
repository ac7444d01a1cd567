import { describeProvider } from '@isthmus/provider-kit'
import { ibmCloud } from '@isthmus/simulator'
import { attachesBeforeConnections, insideBlocks, routePriorities, transitBlocks } from './facts.ts'
import { ibm } from './index.ts'

describeProvider(ibm, {
  sites: { default: { region: 'jp-tok', cidr: '10.50.0.0/16', tags: ['team:network'] } },
  simulatedCloud: ibmCloud,
  moreFacts: { attachesBeforeConnections, insideBlocks, routePriorities, transitBlocks },
  folder: new URL('..', import.meta.url),
})
