import { type Attributes, Refusal } from '../../behaviour/behaviour.ts'
import { blocks, number, text } from '../attributes.ts'

const ciphers = ['AES128', 'AES192', 'AES256', 'DES', 'DES3']

/** Enum strings of each argument (azurerm_virtual_network_gateway_connection, `ipsec_policy`). */
const words: Readonly<Record<string, readonly string[]>> = {
  dh_group: ['DHGroup1', 'DHGroup14', 'DHGroup2', 'DHGroup2048', 'DHGroup24', 'ECP256', 'ECP384', 'None'],
  ike_encryption: [...ciphers, 'GCMAES128', 'GCMAES256'],
  ike_integrity: ['GCMAES128', 'GCMAES256', 'MD5', 'SHA1', 'SHA256', 'SHA384'],
  ipsec_encryption: [...ciphers, 'GCMAES128', 'GCMAES192', 'GCMAES256', 'None'],
  ipsec_integrity: ['GCMAES128', 'GCMAES192', 'GCMAES256', 'MD5', 'SHA1', 'SHA256'],
  pfs_group: ['ECP256', 'ECP384', 'None', 'PFS1', 'PFS14', 'PFS2', 'PFS2048', 'PFS24', 'PFSMM'],
}

const least: Readonly<Record<string, number>> = { sa_datasize: 1024, sa_lifetime: 300 }

/** Plan-time checks of the policy: enum strings and lower bounds. */
export function validatePolicy(config: Attributes): Refusal[] {
  return blocks(config, 'ipsec_policy').flatMap((policy, index) => [
    ...Object.entries(words).flatMap(([name, allowed]) => {
      const word = text(policy, name)
      if (word === undefined || allowed.includes(word)) return []
      return [new Refusal(`Invalid ${name}`, `expected ipsec_policy.${index}.${name} to be one of [${allowed.join(' ')}], got ${word}`, ['ipsec_policy', index, name])]
    }),
    ...Object.entries(least).flatMap(([name, min]) => {
      const value = number(policy, name)
      if (value === undefined || value >= min) return []
      return [new Refusal(`Invalid ${name}`, `expected ipsec_policy.${index}.${name} to be at least (${min}), got ${value}`, ['ipsec_policy', index, name])]
    }),
  ])
}

/** Why Azure refuses a policy of known strings: in phase 2 a GCM cipher authenticates by itself, and both fields name it. */
export function policyProblem(policy: Attributes): string | undefined {
  const encryption = text(policy, 'ipsec_encryption') ?? ''
  const integrity = text(policy, 'ipsec_integrity') ?? ''
  if (encryption !== integrity && (encryption.startsWith('GCM') || integrity.startsWith('GCM'))) {
    return `IpsecEncryption ${encryption} and IpsecIntegrity ${integrity} do not match: with a GCM algorithm both must name the same one.`
  }
  const ikeEncryption = text(policy, 'ike_encryption') ?? ''
  const ikeIntegrity = text(policy, 'ike_integrity') ?? ''
  if (ikeIntegrity.startsWith('GCM') && ikeIntegrity !== ikeEncryption) {
    return `IkeEncryption ${ikeEncryption} and IkeIntegrity ${ikeIntegrity} do not match.`
  }
  return undefined
}
