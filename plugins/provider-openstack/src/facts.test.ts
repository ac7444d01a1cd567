import { readFileSync } from 'node:fs'
import { planOrder } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { openstackFacts, routeModes } from './facts.ts'
import { openstack } from './index.ts'
import { siteWith } from '../test/samples.ts'

describe('facts', () => {
  it('name routing as the offer does: a site connection is static, and Neutron says so itself', () => {
    expect(openstack.offer(siteWith()).routing.map(({ mode }) => mode)).toEqual(routeModes.value)
  })

  it('allow a key that needs no quotes and is not taken for hexadecimal or base64', () => {
    expect(openstackFacts.key.value.alphabet).toMatch(/^[A-Za-z0-9]+$/)
    expect(openstackFacts.key.value.firstCharacters).not.toContain('0')
  })

  it('have the durations of every resource that is made', () => {
    const sources = ['network', 'gateway', 'link', 'policies'].map((file) => readFileSync(new URL(`${file}.ts`, import.meta.url), 'utf8')).join('\n')
    const types = new Set([...sources.matchAll(/type: '(openstack_\w+)'/g)].map(([, type]) => type))
    expect(Object.keys(openstackFacts.durations.value).sort()).toEqual([...types].sort())
  })

  it.each([
    ['without zones', { region: 'seoul-9' }, []],
    ['with zones', { region: 'seoul-9', zones: ['rack-a'], subnets: [{ name: 'apps', cidr: '10.70.0.0/24', zone: 'rack-a' }] }, ['rack-a']],
  ])('take a region as whoever runs the cloud named it, %s', (_, place, zones) => {
    const sites = { far: { cloud: 'openstack', region: 'RegionOne', cidr: '10.71.0.0/16' }, rack: { cloud: 'openstack', cidr: '10.70.0.0/16', ...place } }
    const plan = planOrder({ name: 'demo', sites }, { providers: [openstack] })
    expect(plan.findings.map(({ code }) => code)).toEqual(['LINK_NOT_REDUNDANT'])
    expect(plan.ok && plan.sites[1]).toMatchObject({ region: 'seoul-9', zones })
  })

  it('offer no hub: a site connection hands nothing on', () => {
    expect(openstack).not.toHaveProperty('hub')
  })
})
