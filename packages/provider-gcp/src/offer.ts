import type { LegRules, Offer, OutsideOffer } from '@isthmus/core'
import { facts, spellings } from './facts.ts'

/** Each tunnel is an object of its own between one local and one peer address, so any set of legs will do. */
const anyLegs: LegRules = {
  meetsEveryPeer: false,
  onePerPeerAddress: false,
  onePerLocalAddress: false,
  onePeerOnly: false,
  inPairs: false,
}

/** An external VPN gateway refuses addresses of Google. */
const notWithItself = 'use routing: static, or join the two networks with VPC Network Peering or Network Connectivity Center.'

const names = <K>(spelling: readonly (readonly [K, string])[]): K[] => spelling.map(([neutral]) => neutral)
const addresses = (...exports: string[]): OutsideOffer => ({ known: 'gateway', exports })

/**
 * What a gateway brings: an HA VPN gateway under BGP, two Classic VPN gateways under static routes, because HA VPN has no
 * static routes and Classic VPN is closed to new BGP tunnels.
 */
export function offer(): Offer {
  return {
    routing: [
      { mode: 'bgp', outside: addresses('address_0', 'address_1'), grouping: 'tunnel', legs: anyLegs, notWithItself },
      { mode: 'static', outside: addresses('classic_address_0', 'classic_address_1'), grouping: 'tunnel', legs: anyLegs },
    ],
    ciphers: {
      phase1: {
        encryption: names(spellings.phase1.encryption),
        integrity: names(spellings.phase1.integrity),
        prf: names(spellings.phase1.prf),
        dhGroup: names(spellings.phase1.dhGroup),
      },
      phase2: {
        encryption: names(spellings.phase2.encryption),
        integrity: names(spellings.phase2.integrity),
        pfs: names(spellings.phase2.pfs),
      },
    },
    lifetimes: facts.lifetimes.value,
    dpd: facts.dpd.value,
    key: facts.key.value,
    asn: facts.asn.value,
    inside: facts.inside.value,
    initiation: facts.initiation.value,
    quotas: {},
  }
}
