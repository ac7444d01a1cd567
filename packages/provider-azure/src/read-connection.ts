import { blocksOf, type EndView, knownText, type ResourceSet, type ResourceView, textsOf } from '@isthmus/core'
import { readPolicy } from './ipsec-policy.ts'

/** What a connection lets pass that states no traffic selectors. */
const everything = '0.0.0.0/0'

/** The part of an end that a connection states itself, whatever it leads to. */
export function readConnection(resources: ResourceSet, connection: ResourceView): Pick<EndView, 'cloud' | 'connection' | 'selectors' | 'ikeVersion' | 'phase1' | 'phase2' | 'key' | 'initiates'> {
  return {
    cloud: 'azure',
    connection: connection.address,
    selectors: readSelectors(connection),
    ikeVersion: connection.values['connection_protocol'] === 'IKEv1' ? 1 : 2,
    ...readPolicy(blocksOf(connection.values['ipsec_policy'])[0] ?? {}),
    key: knownText(resources, connection, 'shared_key'),
    initiates: connection.values['connection_mode'] !== 'ResponderOnly',
  }
}

/** A route-based gateway lets everything pass unless a connection says otherwise. */
function readSelectors(connection: ResourceView): NonNullable<EndView['selectors']> {
  const policies = blocksOf(connection.values['traffic_selector_policy'])
  const side = (name: string): string[] => policies.flatMap((policy) => textsOf(policy[name]))
  return policies.length === 0 ? { local: [everything], peer: [everything] } : { local: side('local_address_cidrs'), peer: side('remote_address_cidrs') }
}
