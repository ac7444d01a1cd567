import { parseCidr } from '@isthmus/core'
import { texts, type Attributes, type Behaviour, type Context } from '@isthmus/provider-kit/simulated-cloud'
import { openstack, refusal } from './resource.ts'

export const endpointGroup: Behaviour = openstack(['name', 'type', 'endpoints'], {
  create: checkEndpoints,
  remove(object, context) {
    const user = context.list('openstack_vpnaas_site_connection_v2').find(({ attributes }) => [attributes['local_ep_group_id'], attributes['peer_ep_group_id']].includes(object['id']))
    if (user) throw refusal(400, 'EndpointGroupInUse', `Endpoint group ${String(object['id'])} is in use and cannot be deleted`)
  },
})

function checkEndpoints(object: Attributes, context: Context): void {
  const endpoints = texts(object, 'endpoints')
  if (endpoints.length === 0) throw refusal(400, 'MissingEndpointForEndpointGroup', `No endpoints specified for endpoint group '${String(object['name'])}'`, 'endpoints')
  for (const endpoint of endpoints) {
    if (object['type'] === 'cidr' ? !parseCidr(endpoint).ok : !context.find('openstack_networking_subnet_v2', endpoint)) {
      const problem = object['type'] === 'cidr' ? `Endpoint '${endpoint}' is invalid for group type 'cidr': not a valid CIDR` : `Endpoint(s) are of unknown subnet ${endpoint}`
      throw refusal(object['type'] === 'cidr' ? 400 : 404, 'InvalidEndpointInEndpointGroup', problem, 'endpoints')
    }
  }
  if (object['type'] === 'cidr' || object['type'] === 'subnet') return
  throw refusal(400, 'InvalidEndpointInEndpointGroup', `Endpoint group type '${String(object['type'])}' is not supported by VPN`, 'type')
}
