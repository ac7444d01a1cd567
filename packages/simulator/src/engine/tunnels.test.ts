import type { EndView, ResourceSet } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import type { CloudObject } from '../behaviour/behaviour.ts'
import { tunnelStates } from './tunnels.ts'

/** Reads `toy_end` objects, whose attributes are the two addresses and the key. */
const reader = {
  read: (resources: ResourceSet): EndView[] => resources.ofType('toy_end').map((resource): EndView => ({
    cloud: 'toy',
    connection: resource.address,
    at: {},
    outside: { local: String(resource.values['local']), peer: String(resource.values['peer']) },
    inside: { local: `169.254.21.${String(resource.values['local']).at(-1)}`, peer: `169.254.21.${String(resource.values['peer']).at(-1)}`, prefix: 30 },
    routing: 'bgp',
    asn: { local: Number(resource.values['asn']), peer: Number(resource.values['peerAsn']) },
    ikeVersion: 2,
    phase1: { encryption: ['aes-256-gcm-16'], integrity: [], prf: ['prf-sha2-256'], dhGroup: [14], lifetime: { seconds: 28800, fixed: false } },
    phase2: { encryption: ['aes-256-gcm-16'], integrity: [], pfs: [14], lifetime: { seconds: 3600, fixed: false } },
    key: String(resource.values['key']),
    initiates: true,
    mayIdle: false,
  })),
}
/** The same with static routes: `network` is the end's own, `routes` what it routes into the tunnel. */
const staticReader = {
  read: (resources: ResourceSet): EndView[] => reader.read(resources).map((view) => {
    const values = resources.all.find(({ address }) => address === view.connection)?.values
    const routes = Array.isArray(values?.['routes']) ? values['routes'].map(String) : []
    return { ...view, asn: { local: 1, peer: 1 }, routing: 'static', prefixes: { local: [String(values?.['network'])], peer: routes } }
  }),
}
const end = (id: string, local: string, peer: string, rest: object): CloudObject => ({ type: 'toy_end', id, attributes: { id, local, peer, ...rest } })
const left = end('l', '192.0.2.1', '192.0.2.2', { asn: 65001, peerAsn: 65002, key: 'sim-sha256:1' })
const right = end('r', '192.0.2.2', '192.0.2.1', { asn: 65002, peerAsn: 65001, key: 'sim-sha256:1' })

describe('tunnels in the simulated clouds', () => {
  it('are up at both ends where both ends agree', () => {
    expect(tunnelStates([left, right], [reader]).map(({ up }) => up)).toEqual([true, true])
  })

  it('are down where the ends differ, naming fields and never a key', () => {
    const states = tunnelStates([left, { ...right, attributes: { ...right.attributes, key: 'sim-sha256:2', asn: 65009 } }], [reader])
    expect(states.map(({ up }) => up)).toEqual([false, false])
    expect(states[0]?.reason).toMatch(/^the ends differ in .*asn.*key/)
    expect(states[0]?.reason).not.toContain('sim-sha256')
  })

  it.each([
    ['the network behind another tunnel of its peer', '10.3.0.0/16', true],
    ['a network that nobody has', '10.9.0.0/16', false],
  ])('route %s: up is %s', (_, beside, up) => {
    const fixed = (id: string, local: string, peer: string, network: string, routes: readonly string[]): CloudObject => end(id, local, peer, { key: 'sim-sha256:1', network, routes })
    const objects = [
      fixed('spoke', '192.0.2.1', '192.0.2.2', '10.1.0.0/16', ['10.2.0.0/16', beside]), fixed('hub-1', '192.0.2.2', '192.0.2.1', '10.2.0.0/16', ['10.1.0.0/16']),
      fixed('hub-2', '192.0.2.3', '192.0.2.4', '10.2.0.0/16', ['10.3.0.0/16']), fixed('other', '192.0.2.4', '192.0.2.3', '10.3.0.0/16', ['10.2.0.0/16']),
    ]
    const states = Object.fromEntries(tunnelStates(objects, [staticReader]).map((state) => [state.end.connection, state.up]))
    expect(states).toEqual({ 'toy_end.spoke': up, 'toy_end.hub-1': up, 'toy_end.hub-2': true, 'toy_end.other': true })
  })

  it('are down where nobody is opposite', () => {
    expect(tunnelStates([left], [reader])).toMatchObject([{ up: false, reason: 'no tunnel ends here from the other side' }])
  })
})
