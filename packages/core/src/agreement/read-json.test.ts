import { describe, expect, it } from 'vitest'
import { viewsOfPlan, viewsOfStack, viewsOfState } from './read-json.ts'

describe('resources of a stack', () => {
  it('have tokens for expressions and text for literals', () => {
    const text = JSON.stringify({
      resource: {
        acme_connection: {
          'north--0': { gateway_id: '${var.gateway_north_gateway_id}', key: '${var.keys["north--south--00@v1"]}', tunnel: [{ peer: '${acme_gateway.south.addresses[1].ip}', note: '$${x} 100 %%{' }], count: 2, on: true, none: null },
        },
      },
      data: { acme_network: { old: { id: 'n-1' } } },
    })
    expect(viewsOfStack(text)).toEqual([
      {
        address: 'acme_connection.north--0', type: 'acme_connection', name: 'north--0',
        values: {
          gateway_id: { token: 'var.gateway_north_gateway_id' }, key: { token: 'var.keys.north--south--00@v1' },
          tunnel: [{ peer: { token: 'acme_gateway.south.addresses.1.ip' }, note: '${x} 100 %{' }], count: 2, on: true, none: null,
        },
      },
      { address: 'data.acme_network.old', type: 'data.acme_network', name: 'old', values: { id: 'n-1' } },
    ])
  })

  it.each(['{}', '[]', 'null', '{"resource":[]}', '{"resource":{"a":null}}'])('are none in %s', (text) => {
    expect(viewsOfStack(text)).toEqual([])
  })
})

describe('resources of a plan', () => {
  const plan = {
    planned_values: {
      root_module: {
        resources: [
          { address: 'acme_gateway.north', mode: 'managed', type: 'acme_gateway', name: 'north', values: { asn: 64_601 } },
          { address: 'acme_connection.c', mode: 'managed', type: 'acme_connection', name: 'c', values: { peer: '192.0.2.1', tunnel: [{ number: 1 }, { number: 2 }] } },
          { address: 'data.acme_network.old', mode: 'data', type: 'acme_network', name: 'old', values: { id: 'n-1' } },
        ],
        child_modules: [{ resources: [{ address: 'module.m.acme_gateway.deep', mode: 'managed', type: 'acme_gateway', name: 'deep', values: {} }] }],
      },
    },
    resource_changes: [
      { address: 'acme_gateway.north', change: { after_unknown: { id: true, addresses: true } } },
      { address: 'acme_connection.c', change: { after_unknown: { id: true, gateway_id: true, key: true, tunnel: [{ address: true }, { address: true, peer: true }], list: [false, true] } } },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: 'acme_connection.c',
            expressions: {
              gateway_id: { references: ['acme_gateway.north.id', 'acme_gateway.north'] },
              key: { references: ['var.keys["north--south--00@v1"]', 'var.keys'] },
              tunnel: [{}, { peer: { references: ['acme_gateway.south.addresses[0]', 'acme_gateway.south'] } }],
            },
          },
        ],
      },
    },
  }

  it('have tokens for what is not known: of the attribute referred to, or of their own', () => {
    const views = new Map(viewsOfPlan(plan).map((view) => [view.address, view.values]))
    expect([...views.keys()]).toEqual(['acme_gateway.north', 'acme_connection.c', 'data.acme_network.old', 'module.m.acme_gateway.deep'])
    expect(views.get('acme_gateway.north')).toEqual({ asn: 64_601, id: { token: 'acme_gateway.north.id' }, addresses: { token: 'acme_gateway.north.addresses' } })
    expect(views.get('acme_connection.c')).toEqual({
      peer: '192.0.2.1',
      id: { token: 'acme_connection.c.id' },
      gateway_id: { token: 'acme_gateway.north.id' },
      key: { token: 'var.keys.north--south--00@v1' },
      tunnel: [{ number: 1, address: { token: 'acme_connection.c.tunnel.0.address' } }, { number: 2, address: { token: 'acme_connection.c.tunnel.1.address' }, peer: { token: 'acme_gateway.south.addresses.0' } }],
      list: [undefined, { token: 'acme_connection.c.list.1' }],
    })
  })

  it.each([{}, null, [], 'text', { planned_values: 7 }, { planned_values: { root_module: { resources: [null, 1, {}] } } }])('never throws: %j', (document) => {
    expect(Array.isArray(viewsOfPlan(document))).toBe(true)
  })
})

describe('resources of a state', () => {
  it('are all of it, modules included, and its data sources marked', () => {
    const resource = (name: string, mode: string) => ({ address: `${mode === 'data' ? 'data.' : ''}acme_gateway.${name}`, mode, type: 'acme_gateway', name, values: { id: name } })
    const state = { values: { root_module: { resources: [resource('north', 'managed'), resource('looked-up', 'data')], child_modules: [{ resources: [resource('deep', 'managed')], child_modules: [] }] } } }
    expect(viewsOfState(state).map(({ address, type, values }) => [address, type, values])).toEqual([
      ['acme_gateway.north', 'acme_gateway', { id: 'north' }],
      ['data.acme_gateway.looked-up', 'data.acme_gateway', { id: 'looked-up' }],
      ['acme_gateway.deep', 'acme_gateway', { id: 'deep' }],
    ])
  })

  it('say which of their values are sensitive', () => {
    const resource = { address: 'acme_tunnel.a', mode: 'managed', type: 'acme_tunnel', name: 'a', values: { pass: 'x', end: [{ pass: 'y' }] }, sensitive_values: { pass: true, end: [{ pass: true }] } }
    expect(viewsOfState({ values: { root_module: { resources: [resource] } } })).toMatchObject([{ values: resource.values, sensitive: resource.sensitive_values }])
  })

  it('are none in an empty state', () => {
    expect(viewsOfState({ format_version: '1.0' })).toEqual([])
  })
})
