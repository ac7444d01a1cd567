import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEvent } from './parse-event.ts'

const resource = { addr: 'terraform_data.a', module: '', resource: 'terraform_data.a', implied_provider: 'terraform', resource_type: 'terraform_data', resource_name: 'a', resource_key: null }
const about = { address: 'terraform_data.a', resourceType: 'terraform_data' }
const base = { '@level': 'info', '@message': 'm', '@module': 'tofu.ui', '@timestamp': '2026-11-24T06:55:07.074239Z' }

describe('reading an event', () => {
  it.each([
    { line: { type: 'version', tofu: '1.12.6', ui: '1.2' }, event: { type: 'version', tofu: '1.12.6', format: '1.2' } },
    { line: {}, event: { type: 'log' } },
    { line: { type: 'planned_change', change: { resource, action: 'replace', reason: 'tainted', previous_resource: { addr: 'terraform_data.b' } } }, event: { type: 'planned_change', ...about, action: 'replace', reason: 'tainted', previousAddress: 'terraform_data.b' } },
    { line: { type: 'resource_drift', change: { resource, action: 'update' } }, event: { type: 'resource_drift', ...about, action: 'update' } },
    { line: { type: 'change_summary', changes: { add: 1, change: 2, import: 0, remove: 3, forget: 0, operation: 'apply' } }, event: { type: 'change_summary', add: 1, change: 2, import: 0, remove: 3, forget: 0, operation: 'apply' } },
    { line: { type: 'apply_start', hook: { resource, action: 'create' } }, event: { type: 'apply_start', ...about, action: 'create' } },
    { line: { type: 'apply_progress', hook: { resource, action: 'create', elapsed_seconds: 10 } }, event: { type: 'apply_progress', ...about, action: 'create', elapsed: 10 } },
    { line: { type: 'apply_complete', hook: { resource, action: 'create', id_key: 'id', id_value: 'i-1', elapsed_seconds: 0 } }, event: { type: 'apply_complete', ...about, action: 'create', id: 'i-1', elapsed: 0 } },
    { line: { type: 'refresh_start', hook: { resource, id_key: 'id', id_value: 'i-1' } }, event: { type: 'refresh_start', ...about, id: 'i-1' } },
    { line: { type: 'provision_progress', hook: { resource, provisioner: 'local-exec', output: 'hi' } }, event: { type: 'provision_progress', address: 'terraform_data.a', provisioner: 'local-exec', output: 'hi' } },
    { line: { type: 'outputs', outputs: { a: { sensitive: false, type: 'string', value: 'y' }, b: { sensitive: true, type: 'string' } } }, event: { type: 'outputs', outputs: { a: { sensitive: false, value: 'y' }, b: { sensitive: true } } } },
    {
      line: { type: 'diagnostic', diagnostic: { severity: 'error', summary: 's', detail: 'd', address: 'terraform_data.a', range: { filename: 'main.tf.json', start: { line: 3 } } } },
      event: { type: 'diagnostic', diagnostic: { severity: 'error', summary: 's', detail: 'd', address: 'terraform_data.a', file: 'main.tf.json', line: 3 } },
    },
    { line: { type: 'ephemeral_action_started', hook: { resource } }, event: { type: 'other', name: 'ephemeral_action_started' } },
  ])('of type $event.type', ({ line, event }) => {
    expect(parseEvent(JSON.stringify({ ...base, ...line }))).toEqual({ message: 'm', at: base['@timestamp'], ...event })
  })

  it.each(['', 'Warning: something', '{"cut off', '[1]', 'null'])('takes %j as text', (line) => {
    expect(parseEvent(line)).toEqual({ type: 'text', message: line })
  })

  it('never throws, whatever the line holds', () => {
    const types = ['version', 'diagnostic', 'planned_change', 'change_summary', 'outputs', 'apply_start', 'refresh_start', 'provision_start', 'x']
    const fields = fc.dictionary(fc.constantFrom('change', 'changes', 'hook', 'outputs', 'diagnostic', '@message', '@timestamp'), fc.jsonValue())
    fc.assert(fc.property(fc.constantFrom(...types), fields, (type, rest) => void parseEvent(JSON.stringify({ ...rest, type }))))
    fc.assert(fc.property(fc.string(), (line) => void parseEvent(line)))
  })
})
