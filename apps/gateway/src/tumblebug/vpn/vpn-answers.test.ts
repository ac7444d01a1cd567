import { expect, it } from 'vitest'
import { clouds, connectionIn, noon, vnetOf, vpnOf } from '../../testing/networks.fixture.ts'
import type { Vpn } from '../../vpn/vpn.ts'
import { VnetAnswers } from '../vnet/vnet-answers.ts'
import { healthOf, vpnInfoOf } from './vpn-answers.ts'

const answers = new VnetAnswers(clouds, () => true, '2026')
const end = { nodeId: '', privateIp: '', csp: '' }

function vpnWith(...states: readonly Vpn['tunnels'][0]['state'][]): Vpn {
  const vpn = vpnOf('one', vnetOf('east', connectionIn.azure, 1), vnetOf('west', connectionIn.azure, 2))
  const status = states.includes('down') ? 'False' : 'True'
  return { ...vpn, tunnels: states.map((state) => ({ outside: ['192.0.2.1', '192.0.2.2'], state })), conditions: [{ type: 'Ready', status, reason: status === 'True' ? 'Available' : 'TunnelsDown', lastTransitionTime: noon }] }
}

it.each<[states: readonly Vpn['tunnels'][0]['state'][], said: string, reachable: boolean, message: string]>([
  [['up', 'up'], '2 of 2 tunnels are up, as the clouds report them; no node was pinged', true, ''],
  [[], 'there are no tunnels; no node was pinged', true, ''],
  [['down', 'down'], '0 of 2 tunnels are up, as the clouds report them; no node was pinged', false, ''],
  [['agreed', 'agreed'], '2 of 2 tunnels are made alike at both ends, and no cloud reports whether they are up; no node was pinged', true, '2 of 2 tunnels are made alike at both ends, and no cloud reports whether they are up.'],
  [['up', 'agreed', 'down'], '1 of 3 tunnels are up, as the clouds report them; 1 of 3 tunnels are made alike at both ends, and no cloud reports whether they are up; no node was pinged', true, ''],
])('of tunnels that are %j, says what the clouds report and no more', (states, said, reachable, message) => {
  const doc = vpnWith(...states)
  expect(healthOf('one', doc, [end, end], 1)).toMatchObject({ message: said, reachable })
  expect(vpnInfoOf({ id: 'one', scope: 'ns', version: 1, createdAt: noon, updatedAt: noon, doc }, answers).systemMessage).toBe(message)
})

it('says why a VPN that failed is not healthy', () => {
  const doc = { ...vpnWith('down'), message: '1 of 2 tunnels are there.' }
  expect(healthOf('one', doc, [end, end], 1)).toMatchObject({ message: '0 of 1 tunnels are up, as the clouds report them; 1 of 2 tunnels are there; no node was pinged', reachable: false })
})
