import { block, fill, having, type Attributes, type Behaviour, type Context } from '@isthmus/provider-kit/simulated-cloud'
import { openstack, refusal } from './resource.ts'

/** Seconds below which the API takes no lifetime, and what it sets where none is given. */
const shortestLifetime = 60
const lifetime = { units: 'seconds', value: 3600 } as const

export const ikePolicy: Behaviour = policy('ikepolicy_id', 'IKEPolicy', {})

export const ipsecPolicy: Behaviour = policy('ipsecpolicy_id', 'IPsecPolicy', { encapsulation_mode: 'tunnel', pfs: 'group5', transform_protocol: 'esp' })

function policy(argument: string, noun: string, defaults: Attributes): Behaviour {
  const refuseWhileUsed = (object: Attributes, context: Context): void => {
    const [user] = having(context.list('openstack_vpnaas_site_connection_v2'), argument, object['id'])
    if (user) throw refusal(409, `${noun}InUse`, `${noun} ${String(object['id'])} is in use by existing IPsecSiteConnection and can't be updated or deleted`)
  }
  return openstack(['name', 'encryption_algorithm', 'auth_algorithm', 'pfs'], {
    create(object) {
      fill(object, { ...defaults, lifetime: [{ ...lifetime }] })
      checkLifetime(object)
    },
    update(_prior, object, context) {
      refuseWhileUsed(object, context)
      fill(object, { ...defaults, lifetime: [{ ...lifetime }] })
      checkLifetime(object)
    },
    remove: refuseWhileUsed,
  })
}

function checkLifetime(object: Attributes): void {
  const given = block(object, 'lifetime')
  if (!given) return
  fill(given, lifetime)
  const { units, value } = given
  if (units !== 'seconds') throw refusal(400, 'HTTPBadRequest', `Invalid input for lifetime. Reason: '${String(units)}' is not in ['seconds'].`, 'lifetime')
  if (typeof value === 'number' && value >= shortestLifetime) return
  throw refusal(400, 'HTTPBadRequest', `Invalid input for lifetime. Reason: '${String(value)}' should be at least ${shortestLifetime}.`, 'lifetime')
}
