import type { CloudObject } from '@isthmus/simulator'
import { listOf } from './command-line.fixture.ts'

/** What a finding says may be left over. */
export interface NamedLeftover {
  readonly stack: string
  /** Type and name of the resource. */
  readonly type: string
  readonly name: string
}

/** Leftovers that the findings of a document name. */
export function namedLeftovers(document: Readonly<Record<string, unknown>>): NamedLeftover[] {
  return listOf(document, 'findings').filter((item) => item['code'] === 'LEFTOVER_POSSIBLE').map((item) => {
    const facts = new Map(Object.entries(Object(item['facts'])))
    const [type = '', name = ''] = String(facts.get('address')).split('.')
    return { stack: String(facts.get('stack')), type, name }
  })
}

/** The object that a person would take for a leftover: of its type, known to no state, and called like it. */
export function objectOf({ type, name }: NamedLeftover, objects: readonly CloudObject[], unknown: ReadonlySet<string>): CloudObject | undefined {
  const last = name.split('--').at(-1) ?? name
  const candidates = objects.filter((object) => object.type === type && unknown.has(`${type} ${object.id}`))
  return candidates.find((object) => labelOf(object, objects).endsWith(`-${name}`)) ?? candidates.find((object) => labelOf(object, objects).toLowerCase().endsWith(last))
}

/** Name of an object, or of the subnet that it belongs to. */
function labelOf({ id, attributes }: CloudObject, objects: readonly CloudObject[]): string {
  const tags: unknown = Object(attributes['tags'])['Name']
  const own = attributes['name'] ?? tags
  if (typeof own === 'string') return own
  const subnet = objects.find((object) => object.type === 'aws_subnet' && object.id === attributes['subnet_id'])
  const gateway = objects.find((object) => object.type === 'aws_vpn_gateway' && object.id === attributes['vpn_gateway_id'])
  const owner = subnet ?? gateway
  return owner ? labelOf(owner, objects) : id
}
