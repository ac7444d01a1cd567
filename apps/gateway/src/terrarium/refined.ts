import type { ResourceDetail } from '../vpn/vpn.ts'
import { refinedMembers, type Member } from './refined-members.ts'

/** A resource in the words of the peer. */
type Refined = Record<string, unknown>

/** The resources of one end, in the shape that clients of the peer parse; members that have no resource are left out. */
export function refinedOf(key: string, resources: readonly ResourceDetail[]): Refined {
  const members = refinedMembers[key] ?? {}
  return Object.fromEntries(Object.entries(members).flatMap(([name, member]): [string, unknown][] => {
    const found = resources.filter(({ detail }) => detail['resource_type'] === member.type)
    if (member.value !== undefined) return found.slice(0, 1).map(({ detail }) => [name, pick(detail, member.value ?? '')])
    const shown = found.map((resource) => entryOf(resource, member)).sort((a, b) => (String(a['name'] ?? a['id']) < String(b['name'] ?? b['id']) ? -1 : 1))
    if (member.list) return [[name, shown]]
    return shown.slice(0, 1).map((entry) => [name, entry])
  }))
}

function entryOf({ id, name, detail }: ResourceDetail, member: Member): Refined {
  const given = Object.entries(member.fields ?? {}).map(([field, path]): [string, unknown] => [field, pick(detail, path) ?? ''])
  const inner = Object.entries(member.inner ?? {}).map(([field, { from, type, fields }]): [string, unknown] => [field, listOf(pick(detail, from)).map((item) => ({
    ...(type === undefined ? {} : { resource_type: type }),
    ...Object.fromEntries(Object.entries(fields).map(([inside, path]) => [inside, pick(item, path) ?? ''])),
  }))])
  const own = pick(detail, 'tags.Name')
  return { resource_type: member.type, ...(member.unnamed ? {} : { name: typeof own === 'string' ? own : name }), id, ...Object.fromEntries([...given, ...inner]) }
}

/** The value at a dotted path; blocks are lists of one, and are looked into. */
function pick(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, step) => {
    const object: unknown = Array.isArray(at) && !/^\d+$/.test(step) ? at[0] : at
    return typeof object === 'object' && object !== null ? Object.entries(object).find(([key]) => key === step)?.[1] : undefined
  }, value)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
