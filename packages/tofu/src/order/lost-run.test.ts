import { describe, expect, it } from 'vitest'
import { leftoversOf } from './leftover.ts'
import { lostRun } from './lost-run.ts'

const change = (type: string, address: string, action = 'create', id?: string) => ({ type: 'resource', stack: 'network-a', event: { type, address, action, at: '2026-11-24T08:00:00Z', ...(id === undefined ? {} : { id }) } })
const stack = (state: string) => ({ type: 'stack', stack: 'network-a', state })

describe('a run on a machine that is gone', () => {
  it.each([
    { name: 'begun and not ended', events: [stack('applying'), change('apply_start', 'acme_network.a')], left: [{ address: 'acme_network.a' }] },
    { name: 'ended and not saved', events: [stack('applying'), change('apply_start', 'acme_network.a'), change('apply_complete', 'acme_network.a', 'create', 'net-1')], left: [{ address: 'acme_network.a', id: 'net-1' }] },
    { name: 'destroyed again since', events: [stack('applying'), change('apply_complete', 'acme_network.a', 'create', 'net-1'), stack('destroying'), change('apply_complete', 'acme_network.a', 'delete')], left: [] },
    { name: 'of another stack', events: [{ ...change('apply_start', 'acme_network.a'), stack: 'network-b' }], left: [] },
    { name: 'that are no events', events: [null, 'apply_start', { type: 'resource', stack: 'network-a' }, { type: 'resource', stack: 'network-a', event: { type: 'apply_start', action: 'explode' } }], left: [] },
  ])('may have left objects $name', ({ events, left }) => {
    const run = lostRun('network-a', events)
    expect(run ? leftoversOf(run, []) : []).toEqual(left)
  })
})
