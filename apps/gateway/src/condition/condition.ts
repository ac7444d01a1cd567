import { z } from 'zod'

/** What a condition can be about. */
export const conditionTypes = ['Ready', 'Synced', 'ChildrenReady'] as const
export type ConditionType = (typeof conditionTypes)[number]

/** One statement about an object, in the words of the peers. */
export const conditionSchema = z.object({
  type: z.enum(conditionTypes).describe('`Ready`: it can be used. `Synced`: its cloud holds it as it is on record. `ChildrenReady`: all subnets of the vNet can be used'),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().optional().describe('One word for programs, such as `Available`, `CreationFailed`, `DeletionFailed`, `CspResourceMissing`, `TunnelsDown`'),
  message: z.string().optional(),
  lastTransitionTime: z.string().describe('When `status` changed last, not `reason` or `message`: RFC 3339, UTC'),
})
export type Condition = z.infer<typeof conditionSchema>

/** What a condition says, without the time. */
export interface Statement {
  readonly status: Condition['status']
  readonly reason: string
  readonly message?: string
}

/** Conditions with some of them stated anew. The time moves only where the status flips. */
export function stated(conditions: readonly Condition[], now: string, statements: Partial<Record<ConditionType, Statement>>): Condition[] {
  return conditionTypes.flatMap((type) => {
    const known = conditions.find((condition) => condition.type === type)
    const statement = statements[type]
    if (!statement) return known ? [known] : []
    return [{ type, ...statement, lastTransitionTime: known?.status === statement.status ? known.lastTransitionTime : now }]
  })
}

/** Reasons that are their own status while something is under way. */
const transitions = ['Creating', 'Deleting', 'Registering', 'Deregistering'] as const

/** Word of `status` that follows from the conditions. */
export function statusOf(conditions: readonly Condition[]): 'Available' | 'Unknown' | 'Failed' | (typeof transitions)[number] {
  const ready = conditions.find((condition) => condition.type === 'Ready')
  if (!ready || ready.status === 'Unknown') return 'Unknown'
  if (ready.status === 'True') return 'Available'
  return transitions.find((word) => word === ready.reason) ?? 'Failed'
}
