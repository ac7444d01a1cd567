import { viewsOfFragments } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { builtInProviders } from '../start/built-in-providers.ts'
import { connectionIn, planned, vnetOf, vpnOf } from '../testing/networks.fixture.ts'
import { readVpn } from './reading.ts'

const hub = vnetOf('hub', connectionIn.aws, 1)
const spokes = Object.entries(connectionIn).filter(([cloud]) => cloud !== 'aws').map(([cloud, connection], index) => ({ cloud, spoke: { ...vnetOf('spoke', connection, 10 + index), ...(cloud === 'azure' ? { gatewaySubnet: `10.${10 + index}.255.0/27` } : {}) } }))

/** What may never be kept, in the words of any cloud. */
const secrets = /pre_?shared?_?key|shared_key|shared_secret|psk|password|customer_gateway_configuration/i

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [key, ...keysOf(member)])
}

describe.each(spokes)('a VPN to $cloud', ({ spoke }) => {
  const vpn = vpnOf('one', hub, spoke)
  const plan = planned(vpn, [], [hub, spoke])
  const views = viewsOfFragments(plan.plan.fragments)
  const marked = views.map((view) => ({ ...view, values: { ...view.values, psk: 'hidden', nested: [{ preshared_key: 'hidden', tunnel: { shared_secret: 'hidden' } }] } }))

  it('is read with every tunnel that was agreed, and no problem', () => {
    const { tunnels, problems } = readVpn(views, vpn, plan, builtInProviders)
    expect(problems).toEqual([])
    expect(tunnels).toHaveLength(plan.plan.deals[0]?.tunnels.length ?? -1)
    expect(tunnels.every(({ state }) => state === 'agreed')).toBe(true)
  })

  it('shows resources of both ends, and no secret of any of them', () => {
    const { resources } = readVpn(marked, vpn, plan, builtInProviders)
    for (const end of resources) expect(end.length).toBeGreaterThan(0)
    expect(keysOf(resources).filter((key) => secrets.test(key))).toEqual([])
    expect(JSON.stringify(resources)).not.toContain('hidden')
  })

  it('shows nothing that OpenTofu calls sensitive, whatever its name', () => {
    const sensitive = { words: true, nested: [{ words: true, deep: { words: true } }] }
    const { resources } = readVpn(views.map((view) => ({ ...view, values: { ...view.values, words: 'hidden', nested: [{ words: 'hidden', deep: { words: ['hidden'] }, open: 'shown' }] }, sensitive })), vpn, plan, builtInProviders)
    expect(JSON.stringify(resources)).not.toContain('hidden')
    expect(JSON.stringify(resources)).toContain('shown')
  })

  it('is not whole when one end is gone', () => {
    const { tunnels, problems } = readVpn(views.filter((view) => plan.plan.fragments.some((fragment) => fragment.site === hub.uid && fragment.resources.some(({ type, name }) => view.address === `${type}.${name}`))), vpn, plan, builtInProviders)
    expect(tunnels).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
  })
})

it.each([['Tunnel is up and running.', 'up'], ['No incoming packets from peer', 'down']])('tells the state of tunnels by what a cloud says: %s', (detailed_status, state) => {
  const spoke = vnetOf('spoke', connectionIn.gcp, 2)
  const vpn = vpnOf('one', spoke, hub)
  const plan = planned(vpn, [], [hub, spoke])
  const views = viewsOfFragments(plan.plan.fragments).map((view) => (view.type === 'google_compute_vpn_tunnel' ? { ...view, values: { ...view.values, detailed_status } } : view))
  expect(new Set(readVpn(views, vpn, plan, builtInProviders).tunnels.map((tunnel) => tunnel.state))).toEqual(new Set([state]))
})
