import { describe, expect, it } from 'vitest'
import { azureFacts } from './facts.ts'

/** Values that azurerm 5.2 accepts in an `ipsec_policy`. */
const accepted = {
  dh_group: ['DHGroup1', 'DHGroup14', 'DHGroup2', 'DHGroup2048', 'DHGroup24', 'ECP256', 'ECP384', 'None'],
  ike_encryption: ['AES128', 'AES192', 'AES256', 'DES', 'DES3', 'GCMAES128', 'GCMAES256'],
  ike_integrity: ['GCMAES128', 'GCMAES256', 'MD5', 'SHA1', 'SHA256', 'SHA384'],
  ipsec_encryption: ['AES128', 'AES192', 'AES256', 'DES', 'DES3', 'GCMAES128', 'GCMAES192', 'GCMAES256', 'None'],
  ipsec_integrity: ['GCMAES128', 'GCMAES192', 'GCMAES256', 'MD5', 'SHA1', 'SHA256'],
  pfs_group: ['ECP256', 'ECP384', 'None', 'PFS1', 'PFS14', 'PFS2', 'PFS2048', 'PFS24', 'PFSMM'],
}

describe('azureFacts', () => {
  const { phase1, phase2 } = azureFacts.ciphers
  it.each([
    ['phase 1 encryption', phase1.value.encryption, accepted.ike_encryption],
    ['phase 1 integrity', phase1.value.integrity, accepted.ike_integrity],
    ['phase 1 PRF', phase1.value.prf, accepted.ike_integrity],
    ['phase 1 group', phase1.value.dhGroup, accepted.dh_group],
    ['phase 2 encryption', phase2.value.encryption, accepted.ipsec_encryption],
    ['phase 2 integrity', phase2.value.integrity, accepted.ipsec_integrity],
    ['phase 2 group', phase2.value.pfs, accepted.pfs_group],
  ])('spells each %s as the provider accepts it', (_, spelling, values) => {
    for (const spelled of Object.values(spelling)) expect(values).toContain(spelled)
  })

  it('has a key alphabet of printable characters without space, hyphen and tilde', () => {
    const { alphabet } = azureFacts.key.value
    expect(new Set(alphabet).size).toBe(95 - 3)
    expect(alphabet).toMatch(/^[!-}]+$/)
    expect(alphabet).not.toMatch(/[- ~]/)
  })

  it('knows regions with all three zones and regions with none', () => {
    const regions = azureFacts.network.regions.value
    expect(regions).toMatchObject({ koreacentral: ['1', '2', '3'], koreasouth: [] })
    expect(Object.keys(regions)).toHaveLength(56)
  })
})
