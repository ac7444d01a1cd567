import type { ResourceView } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import type { Interruption } from '../workspace/interruption.ts'
import { commandHint, leftoverFinding, leftoversOf } from './leftover.ts'

const startedAt = '2026-11-24T08:00:00.000Z'

const cutOff: Interruption = {
  command: 'apply',
  startedAt,
  state: 'cut-off',
  finished: [
    { address: 'acme_network.a', action: 'create', id: 'net-1' },
    { address: 'acme_subnet.a', action: 'create', id: 'sub-1' },
    { address: 'acme_route.old', action: 'delete' },
  ],
  unfinished: [
    { address: 'acme_gateway.a', action: 'create', startedAt },
    { address: 'acme_link.a', action: 'update', startedAt },
    { address: 'acme_link.b', action: 'delete', startedAt },
  ],
  diagnostics: [],
}

const view = (address: string): ResourceView => ({ address, type: address.split('.')[0] ?? '', name: 'a', values: {} })

describe('leftovers of a run that was cut off', () => {
  it('are what it created, or was creating, and the state lacks', () => {
    expect(leftoversOf(cutOff, [view('acme_network.a'), view('acme_link.a'), view('acme_link.b')])).toEqual([{ address: 'acme_subnet.a', id: 'sub-1' }, { address: 'acme_gateway.a' }])
  })

  it('are none once the state holds everything', () => {
    expect(leftoversOf(cutOff, ['acme_network.a', 'acme_subnet.a', 'acme_gateway.a'].map(view))).toEqual([])
  })

  it.each(['running', 'completed', 'failed'] as const)('are none of a run that is %s', (state) => {
    expect(leftoversOf({ ...cutOff, state }, [])).toEqual([])
  })
})

describe('the finding of a leftover', () => {
  it.each([
    { id: 'sub-1', says: 'exists as sub-1', command: 'isthmus adopt ORDER network-a acme_subnet.a sub-1 --simulated' },
    { id: undefined, says: 'may exist', command: 'isthmus adopt ORDER network-a acme_subnet.a ID --simulated' },
  ])('says that it $says and how to adopt it', ({ id, says, command }) => {
    const leftover = { address: 'acme_subnet.a', startedAt, ...(id === undefined ? {} : { id }) }
    const found = leftoverFinding('network-a', leftover, commandHint('network-a', leftover, ' --simulated'))
    expect(found).toMatchObject({ code: 'LEFTOVER_POSSIBLE', path: 'stacks.network-a', title: expect.stringContaining(says), hint: expect.stringContaining(command) })
    expect(found.hint).toContain('isthmus apply ORDER --accept-leftovers --simulated')
  })
})
