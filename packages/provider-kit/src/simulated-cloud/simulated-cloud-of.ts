import { Refusal, type Attributes, type Behaviour, type Context, type ProviderSchema, type SimulatedCloud } from '@isthmus/simulator'
import { fillComputed } from './fill-computed.ts'

/** What of a simulated cloud is special. */
export type CloudParts = Partial<Pick<SimulatedCloud, 'behaviours' | 'dataSources'>>

/**
 * A simulated cloud from schema facts alone. It checks what the schema states; gives every computed attribute a value that
 * fits its rules (an attribute with `format: 'ipv4'` an address of its own, a list as many elements as `minItems` says); and
 * refuses to remove an object while another one names its id.
 *
 * @param parts behaviours that come before the general ones, and data sources that are more than a look-up
 */
export function simulatedCloudOf(schema: ProviderSchema, parts: CloudParts = {}): SimulatedCloud {
  const behaviours = Object.keys(schema.resources).map((type) => [type, generalBehaviour(schema, type, parts.behaviours?.[type] ?? {})] as const)
  return { source: schema.source, schema, behaviours: Object.fromEntries(behaviours), ...(parts.dataSources ? { dataSources: parts.dataSources } : {}) }
}

function generalBehaviour(schema: ProviderSchema, type: string, own: Behaviour): Behaviour {
  const members = schema.resources[type]?.attributes ?? {}
  const fill = (object: Attributes, context: Context): void => fillComputed(members, object, `${type}.${String(object['id'])}`, context)
  return {
    ...own,
    create(object, context) {
      own.create?.(object, context)
      fill(object, context)
    },
    update(prior, object, context) {
      own.update?.(prior, object, context)
      fill(object, context)
    },
    remove(object, context) {
      own.remove?.(object, context)
      refuseWhileUsed(schema, type, object, context)
    },
  }
}

function refuseWhileUsed(schema: ProviderSchema, type: string, object: Attributes, context: Context): void {
  const id = object['id']
  for (const other of Object.keys(schema.resources)) {
    const user = context.list(other).find((candidate) => !(other === type && candidate.id === id) && names(candidate.attributes, id))
    if (user) throw new Refusal('Object in use', `${type} ${String(id)} is still used by ${user.type} ${user.id}.`)
  }
}

/** True where an attribute whose name says that it holds ids holds this one. */
function names(value: unknown, id: unknown, attribute = ''): boolean {
  if (Array.isArray(value)) return value.some((item) => names(item, id, attribute))
  if (typeof value === 'object' && value !== null) return Object.entries(value).some(([name, item]) => names(item, id, name))
  return /_ids?$/.test(attribute) && value === id
}
