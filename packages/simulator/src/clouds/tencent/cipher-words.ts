import type { Attributes } from '../../behaviour/behaviour.ts'
import { text } from '../attributes.ts'

const encryption = ['3DES-CBC', 'AES-CBC-128', 'AES-CBC-192', 'AES-CBC-256', 'DES-CBC', 'SM4', 'AES128GCM128', 'AES192GCM128', 'AES256GCM128']
const groups = [1, 2, 5, 14, 15, 16, 19, 20, 21, 24]

/** Words by argument (tencentcloud-sdk-go, vpc/v20170312/models.go). The provider passes whatever is written on to the API. */
const words: Readonly<Record<string, readonly string[]>> = {
  ike_proto_encry_algorithm: encryption,
  ike_proto_authen_algorithm: ['MD5', 'SHA', 'SHA-256', 'SHA-512', 'SM3'],
  ike_dh_group_name: groups.map((group) => `GROUP${group}`),
  ike_exchange_mode: ['MAIN', 'AGGRESSIVE'],
  ike_version: ['IKEV1', 'IKEV2'],
  ike_local_identity: ['ADDRESS', 'FQDN'],
  ike_remote_identity: ['ADDRESS', 'FQDN'],
  ipsec_encrypt_algorithm: [...encryption, 'NULL'],
  ipsec_integrity_algorithm: ['MD5', 'SHA1', 'SHA-256', 'SHA-384', 'SHA-512', 'SM3'],
  ipsec_pfs_dh_group: [...groups.map((group) => `DH-GROUP${group}`), 'NULL'],
  negotiation_type: ['active', 'passive', 'flowTrigger'],
}

/** The first argument with a word that the API does not have, and those it has. */
export function unknownWord(object: Attributes): { readonly name: string; readonly values: readonly string[] } | undefined {
  for (const [name, values] of Object.entries(words)) {
    const word = text(object, name)
    if (word !== undefined && !values.includes(word)) return { name, values }
  }
  return undefined
}
