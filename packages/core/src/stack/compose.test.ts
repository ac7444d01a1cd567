import { describe, expect, it } from 'vitest'
import { isIsthmusError } from '../finding/isthmus-error.ts'
import { composeStacks } from './compose.ts'
import type { PlacedFragment, Resource } from './fragment.ts'
import { eachValue, Import, KeyReference, ref, type FragmentId, type Value } from './value.ts'

const resource = (type: string, name: string, body: Readonly<Record<string, Value>> = {}): Resource => ({ type, name, body })

function fragment(id: FragmentId, resources: readonly Resource[], exports: Readonly<Record<string, Value>> = {}, more: Partial<PlacedFragment> = {}): PlacedFragment {
  const site = id.split('/').at(-1) ?? ''
  return { id, site, environment: [], provider: { name: 'acme', source: 'example/acme', version: '~> 1.0', configuration: { region: `r-${site}` } }, resources, exports, ...more }
}

const network = fragment('network/north', [resource('acme_network', 'north')], { network_id: ref('acme_network.north', 'id'), region: 'r-north' })
const gateway = fragment('gateway/north', [resource('acme_gateway', 'north', { network_id: new Import('network/north', 'network_id'), region: new Import('network/north', 'region') })], {
  gateway_id: ref('acme_gateway.north', 'id'),
  address_0: ref('acme_gateway.north', 'addresses', 0),
})
const half = (site: string): PlacedFragment =>
  fragment(`link/north--south/${site}`, [resource('acme_connection', `${site}--0`, { gateway_id: new Import('gateway/north', 'gateway_id'), key: new KeyReference('north--south--00@v1') })], {
    address_00: ref(`acme_connection.${site}--0`, 'address'),
  })
const everything = [network, gateway, half('north'), half('south')]

const stackNamed = (name: string, fragments: readonly PlacedFragment[] = everything) => {
  const stack = composeStacks('mesh', fragments, name === 'mesh' ? 'whole' : 'parts').find((item) => item.name === name)
  if (!stack) throw new Error(`there is no stack ${name}`)
  return { ...stack, document: JSON.parse(stack.text) }
}

describe('the whole cut', () => {
  const stack = stackNamed('mesh')

  it('is one stack without inputs, in which imports are plain references', () => {
    expect(stack).toMatchObject({ inputs: [], after: [], keys: ['north--south--00@v1'] })
    expect(stack.document.resource.acme_gateway.north.network_id).toBe('${acme_network.north.id}')
    expect(stack.document).not.toHaveProperty('output')
  })

  it('configures a provider once for each site', () => {
    expect(stack.document.terraform.required_providers).toEqual({ acme: { source: 'example/acme', version: '~> 1.0' } })
    expect(stack.document.provider.acme).toEqual([{ alias: 'north', region: 'r-north' }, { alias: 'south', region: 'r-south' }])
    expect(stack.document.resource.acme_connection['south--0'].provider).toBe('acme.south')
  })
})

describe('the cut into parts', () => {
  it('gives each network, gateway and link a stack', () => {
    expect(composeStacks('mesh', everything, 'parts').map(({ name, fragments, after }) => ({ name, fragments, after }))).toEqual([
      { name: 'gateway-north', fragments: ['gateway/north'], after: ['network-north'] },
      { name: 'link-north--south', fragments: ['link/north--south/north', 'link/north--south/south'], after: ['gateway-north'] },
      { name: 'network-north', fragments: ['network/north'], after: [] },
    ])
  })

  it('turns an import into a variable that the output of the owner fills', () => {
    const stack = stackNamed('link-north--south')
    expect(stack.inputs).toEqual([{ variable: 'gateway_north_gateway_id', stack: 'gateway-north', output: 'gateway_id' }])
    expect(stack.document.resource.acme_connection['north--0'].gateway_id).toBe('${var.gateway_north_gateway_id}')
    expect(Object.keys(stack.document.variable)).toEqual(['gateway_north_gateway_id', 'keys'])
    expect(stack.document.variable.keys).toMatchObject({ sensitive: true })
    expect(stackNamed('gateway-north').document.output.gateway_id).toEqual({ value: '${acme_gateway.north.id}' })
  })

  it('writes a literal that is imported, and waits for nobody because of it', () => {
    const stack = stackNamed('gateway-north')
    expect(stack.document.resource.acme_gateway.north.region).toBe('r-north')
    expect(stack.inputs.map(({ output }) => output)).toEqual(['network_id'])
  })

  it('needs no variable for keys where no key is used', () => {
    expect(stackNamed('network-north').document).not.toHaveProperty('variable')
    expect(stackNamed('network-north').keys).toEqual([])
  })

  it('leaves the stacks of networks and gateways as they are when links come and go', () => {
    for (const name of ['network-north', 'gateway-north']) expect(stackNamed(name, [network, gateway]).text).toBe(stackNamed(name).text)
  })

  it('does not depend on the order of fragments', () => {
    expect(composeStacks('mesh', everything.toReversed(), 'parts')).toEqual(composeStacks('mesh', everything, 'parts'))
  })

  it('asks for no provider where a fragment only stands for what is there', () => {
    const existing = fragment('network/north', [], { network_id: 'n-1', region: 'r-north' })
    expect(stackNamed('network-north', [existing]).document).toEqual({ terraform: { required_version: '>= 1.12.0' }, output: { network_id: { value: 'n-1' }, region: { value: 'r-north' } } })
    expect(stackNamed('gateway-north', [existing, gateway]).document.resource.acme_gateway.north.network_id).toBe('n-1')
  })
})

describe('a resource', () => {
  it('makes one instance for each text of a list', () => {
    const each: Resource = { type: 'acme_subnet', name: 'north', mode: 'data', forEach: ref('data.acme_network.north', 'subnets'), body: { id: eachValue } }
    expect(stackNamed('network-north', [fragment('network/north', [each])]).document.data.acme_subnet.north).toEqual({
      provider: 'acme.north', for_each: '${toset(data.acme_network.north.subnets)}', id: '${each.value}',
    })
  })

  it('makes one instance for each text that the instances of another have', () => {
    const ports: Resource = { type: 'acme_port', name: 'north', mode: 'data', forEach: ref('data.acme_ports.north', 'ids'), body: { id: eachValue } }
    const routers: Resource = { type: 'acme_router', name: 'north', mode: 'data', forEach: ref('data.acme_port.north', '*', 'device_id'), body: { id: eachValue } }
    const subnets: Resource = { type: 'acme_subnet', name: 'north', mode: 'data', forEach: ref('data.acme_ports.north', 'subnets', '*', 'id'), body: { id: eachValue } }
    const { data } = stackNamed('network-north', [fragment('network/north', [ports, routers, subnets])]).document
    expect([data.acme_router.north.for_each, data.acme_subnet.north.for_each]).toEqual(['${toset(values(data.acme_port.north).*.device_id)}', '${toset(data.acme_ports.north.subnets.*.id)}'])
  })

  it('waits for what it names, and a data source is one', () => {
    const waiting: Resource = { type: 'acme_rule', name: 'north', body: {}, dependsOn: ['acme_b.north', 'acme_a.north'] }
    const looked: Resource = { type: 'acme_network', name: 'north', mode: 'data', body: { name: 'old' } }
    const { document } = stackNamed('network-north', [fragment('network/north', [waiting, looked])])
    expect(document.resource.acme_rule.north.depends_on).toEqual(['acme_a.north', 'acme_b.north'])
    expect(document.data.acme_network.north).toEqual({ name: 'old', provider: 'acme.north' })
  })
})

describe('a provider package that breaks the contract', () => {
  it.each<[string, PlacedFragment[]]>([
    ['imports what nobody exports', [fragment('gateway/north', [resource('acme_gateway', 'north', { network_id: new Import('network/north', 'id') })]), network]],
    ['imports from a fragment that is not there', [fragment('gateway/north', [resource('acme_gateway', 'north', { network_id: new Import('network/south', 'id') })])]],
    ['gives two resources one address', [fragment('network/north', [resource('acme_network', 'north'), resource('acme_network', 'north')])]],
  ])('%s', (_, fragments) => {
    const broken = (): unknown => composeStacks('mesh', fragments, 'parts')
    expect(broken).toThrow()
    try {
      broken()
    } catch (error) {
      expect(isIsthmusError(error) && error.code).toBe('CONTRACT_BROKEN')
    }
  })
})
