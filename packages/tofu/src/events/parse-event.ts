import { field, isObject, numberField, objectField, textField, tryParse, type JsonObject } from '../json/fields.ts'
import { diagnosticOf } from './diagnostic.ts'
import type { ChangeAction, ChangeSummaryEvent, TofuEvent } from './event.ts'

/** Of a line that is no event so much is kept. */
const keptText = 4096

/** Reads one line of output. Never throws: what is no event becomes a `text`, what is unknown an `other`. */
export function parseEvent(line: string): TofuEvent {
  const parsed = line.startsWith('{') ? tryParse(line) : undefined
  if (!isObject(parsed)) return { type: 'text', message: line.slice(0, keptText) }
  const at = textField(parsed, '@timestamp')
  const base = { message: textField(parsed, '@message') ?? '', ...(at !== undefined ? { at } : {}) }
  const type = textField(parsed, 'type') ?? 'log'
  switch (type) {
    case 'log':
      return { ...base, type }
    case 'version':
      return { ...base, type, tofu: textField(parsed, 'tofu') ?? '', format: textField(parsed, 'ui') ?? '' }
    case 'diagnostic':
      return { ...base, type, diagnostic: diagnosticOf(field(parsed, 'diagnostic')) }
    case 'planned_change':
    case 'resource_drift':
      return { ...base, type, ...changeOf(field(parsed, 'change')) }
    case 'change_summary':
      return { ...base, type, ...summaryOf(field(parsed, 'changes')) }
    case 'outputs':
      return { ...base, type, outputs: outputsOf(objectField(parsed, 'outputs')) }
    case 'apply_start':
    case 'apply_progress':
    case 'apply_complete':
    case 'apply_errored':
      return { ...base, type, ...applyOf(field(parsed, 'hook')) }
    case 'refresh_start':
    case 'refresh_complete':
      return { ...base, type, ...resourceOf(field(parsed, 'hook')), ...idOf(field(parsed, 'hook')) }
    case 'provision_start':
    case 'provision_progress':
    case 'provision_complete':
    case 'provision_errored':
      return { ...base, type, ...provisionOf(field(parsed, 'hook')) }
    default:
      return { ...base, type: 'other', name: type }
  }
}

function resourceOf(value: unknown): { address: string; resourceType: string } {
  return { address: textField(value, 'resource', 'addr') ?? '', resourceType: textField(value, 'resource', 'resource_type') ?? '' }
}

function idOf(value: unknown): { id?: string } {
  const id = textField(value, 'id_value')
  return id !== undefined ? { id } : {}
}

function changeOf(value: unknown) {
  const [reason, previousAddress] = [textField(value, 'reason'), textField(value, 'previous_resource', 'addr')]
  return {
    ...resourceOf(value),
    action: actionOf(field(value, 'action')),
    ...(reason !== undefined ? { reason } : {}),
    ...(previousAddress !== undefined ? { previousAddress } : {}),
  }
}

function applyOf(value: unknown) {
  const elapsed = numberField(value, 'elapsed_seconds')
  return { ...resourceOf(value), action: actionOf(field(value, 'action')), ...idOf(value), ...(elapsed !== undefined ? { elapsed } : {}) }
}

function provisionOf(value: unknown) {
  const output = textField(value, 'output')
  return { address: resourceOf(value).address, provisioner: textField(value, 'provisioner') ?? '', ...(output !== undefined ? { output } : {}) }
}

function summaryOf(value: unknown) {
  const count = (name: string) => numberField(value, name) ?? 0
  return {
    operation: operationOf(field(value, 'operation')),
    add: count('add'),
    change: count('change'),
    remove: count('remove'),
    import: count('import'),
    forget: count('forget'),
  }
}

function operationOf(value: unknown): ChangeSummaryEvent['operation'] {
  return value === 'apply' || value === 'destroy' ? value : 'plan'
}

function outputsOf(outputs: JsonObject): Record<string, { sensitive: boolean; value?: unknown }> {
  return Object.fromEntries(Object.entries(outputs).map(([name, output]) => {
    const [sensitive, value] = [field(output, 'sensitive') === true, field(output, 'value')]
    return [name, { sensitive, ...(value !== undefined && !sensitive ? { value } : {}) }]
  }))
}

function actionOf(value: unknown): ChangeAction {
  switch (value) {
    case 'move':
    case 'create':
    case 'read':
    case 'update':
    case 'replace':
    case 'delete':
    case 'import':
    case 'remove':
      return value
    default:
      return 'noop'
  }
}
