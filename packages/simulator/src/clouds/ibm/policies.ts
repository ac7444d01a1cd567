import type { Attributes, Behaviour, CloudObject, Context, Refusal } from '../../behaviour/behaviour.ts'
import { number, text, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, href, ibm, inRegion, invalid, lastPart } from './resource.ts'

/** IKE policies of a region, and as many IPsec policies. */
const policiesPerRegion = 20

const groups = [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 31]
const hashes = ['sha256', 'sha384', 'sha512']
const combined = ['aes128gcm16', 'aes192gcm16', 'aes256gcm16']
const ciphers = ['aes128', 'aes192', 'aes256']

/** Words that each argument takes, the list and its older single form. */
const ikeWords = { encryption_algorithm: ciphers, authentication_algorithm: hashes, dh_group: groups.map(String) }
const ipsecWords = { encryption_algorithm: [...ciphers, ...combined], authentication_algorithm: [...hashes, 'disabled'], pfs: ['disabled', ...groups.map((group) => `group_${group}`)] }

/** What a list argument is called where its name is not the single one and an `s`. */
const lists: Readonly<Record<string, string>> = { pfs: 'pfs_groups' }

export const ikePolicy: Behaviour = ibm({ noun: 'ike-policy', operation: 'CreateIkePolicyWithContext' }, (config) => validate(config, ikeWords, 1800), {
  create(object, context) {
    checkQuota(object, context, 'CreateIkePolicyWithContext')
    if (number(object, 'ike_version') === 1 && Object.keys(ikeWords).some((name) => wordsOf(object, name).length > 1)) {
      throw apiError('CreateIkePolicyWithContext', 'ikev1_single_algorithm', 'An IKEv1 policy takes one algorithm for each role.', 'ike_version')
    }
    fill(object, { href: href(`ike_policies/${String(object['id'])}`, context), negotiation_mode: 'main', vpn_connections: [], ...twins(ikeWords) })
  },
  remove: (object, context) => refuseWhileUsed(object, 'ike_policy', context),
})

export const ipsecPolicy: Behaviour = ibm({ noun: 'ipsec-policy', operation: 'CreateIpsecPolicyWithContext' }, (config) => validate(config, ipsecWords, 300), {
  create(object, context) {
    checkQuota(object, context, 'CreateIpsecPolicyWithContext')
    checkCombined(object, 'CreateIpsecPolicyWithContext')
    fill(object, { encapsulation_mode: 'tunnel', transform_protocol: 'esp', vpn_connections: [], ...twins(ipsecWords) })
  },
  update: (_prior, object) => checkCombined(object, 'UpdateIpsecPolicyWithContext'),
  remove: (object, context) => refuseWhileUsed(object, 'ipsec_policy', context),
})

function validate(config: Attributes, words: Readonly<Record<string, readonly string[]>>, shortest: number): Refusal[] {
  const lifetime = number(config, 'key_lifetime')
  const version = number(config, 'ike_version')
  return [
    ...Object.entries(words).flatMap(([name, allowed]) => wordsOf(config, name).filter((word) => !allowed.includes(word)).map((word) => invalid(name, `one of [${allowed.join(' ')}]`, word, listOf(name)))),
    ...(lifetime !== undefined && (lifetime < shortest || lifetime > 86400) ? [invalid('key_lifetime', `in the range (${shortest} - 86400)`, lifetime)] : []),
    ...(version !== undefined && version !== 1 && version !== 2 ? [invalid('ike_version', '1 or 2', version)] : []),
  ]
}

/** What is known of an argument, whichever of its two forms it has. */
function wordsOf(object: Attributes, name: string): string[] {
  const list = object[listOf(name)]
  const listed = texts(object, listOf(name))
  const counted = Array.isArray(list) ? list.filter((item) => typeof item === 'number').map(String) : []
  const single = text(object, name) ?? number(object, name)
  return [...listed, ...counted, ...(single === undefined || single === '' ? [] : [String(single)])]
}

function listOf(name: string): string {
  return lists[name] ?? `${name}s`
}

/** The form of each argument that was not given: empty, as the two exclude each other. */
function twins(words: Readonly<Record<string, readonly string[]>>): Attributes {
  return Object.fromEntries(Object.keys(words).flatMap((name) => [[name, name === 'dh_group' ? 0 : ''], [listOf(name), []]]))
}

/** A combined-mode cipher authenticates by itself, so authentication is disabled exactly there. */
function checkCombined(object: Attributes, operation: string): void {
  const encryption = wordsOf(object, 'encryption_algorithm')
  const authentication = wordsOf(object, 'authentication_algorithm')
  const isCombined = encryption.every((word) => combined.includes(word))
  if (!isCombined && encryption.some((word) => combined.includes(word))) {
    throw apiError(operation, 'mixed_encryption_algorithms', `${encryption.join(', ')}: combined-mode and other ciphers cannot be in one policy.`, 'encryption_algorithms')
  }
  if (isCombined === authentication.includes('disabled') && (authentication.length === 1 || !isCombined)) return
  throw apiError(operation, 'invalid_authentication_algorithm', `With ${encryption.join(', ')} the authentication must ${isCombined ? '' : 'not '}be disabled.`, 'authentication_algorithms')
}

function checkQuota(object: Attributes, context: Context, operation: string): void {
  const others = inRegion(context, context.type).filter(({ id }) => id !== object['id'])
  if (others.length >= policiesPerRegion) throw apiError(operation, 'over_quota', `The region has ${others.length} policies of this kind, which is its quota.`)
}

function refuseWhileUsed(object: Attributes, argument: string, context: Context): void {
  const user: CloudObject | undefined = context.list('ibm_is_vpn_gateway_connection').find(({ attributes }) => lastPart(attributes[argument]) === object['id'])
  if (user) throw apiError(`delete of ${argument}`, 'policy_in_use', `Policy ${String(object['id'])} is in use by VPN connection ${user.id}.`)
}
