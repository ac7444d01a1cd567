import { type Attributes, Refusal } from '../behaviour/behaviour.ts'
import { isAbsent } from '../wire/unknown.ts'

/** Refuses arguments of a look-up that the simulated cloud does not act on: ignored, they would give more than was asked for. */
export function refuseOthers(config: Attributes, understood: readonly string[]): void {
  const others = Object.keys(config).filter((name) => !understood.includes(name) && !isAbsent(config[name]) && !isEmpty(config[name]))
  const [first] = others
  if (first !== undefined) throw new Refusal('Not simulated', `The simulated cloud does not look up by ${others.join(', ')}; use ${understood.join(', ')}.`, [first])
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
