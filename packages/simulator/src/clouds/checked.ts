import type { Attributes, Behaviour, Refusal } from '../behaviour/behaviour.ts'

/**
 * A behaviour whose plan-time checks also run on create and update. A value that was unknown at plan time is only seen
 * then, and there it is the cloud that refuses it.
 */
export function checked(validate: (config: Attributes) => readonly Refusal[], behaviour: Behaviour): Behaviour {
  const demand = (object: Attributes): void => {
    const [first] = validate(object)
    if (first) throw first
  }
  return {
    ...behaviour,
    validate,
    create(object, context) {
      demand(object)
      behaviour.create?.(object, context)
    },
    update(prior, object, context) {
      demand(object)
      behaviour.update?.(prior, object, context)
    },
  }
}
