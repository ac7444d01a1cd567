import type { Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { having, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { compute, digits, inUse } from './resource.ts'

export const address: Behaviour = compute({ title: 'Address', collection: 'addresses', scope: 'region' }, () => [], {
  create(object, context) {
    fill(object, {
      address: context.address(String(object['id'])),
      address_id: digits(String(object['id']), 19, context),
      network_tier: 'PREMIUM',
      prefix_length: 0,
      purpose: '',
      subnetwork: '',
      users: [],
    })
  },
  read: (object, context) => ({ ...object, users: rulesOf(object['address'], context).map(({ attributes, id }) => text(attributes, 'self_link') ?? id) }),
  remove(object, context) {
    const [user] = rulesOf(object['address'], context)
    if (user) throw inUse('Address', object, user)
  },
})

function rulesOf(ip: unknown, context: Context): CloudObject[] {
  return having(context.list('google_compute_forwarding_rule'), 'ip_address', ip)
}
