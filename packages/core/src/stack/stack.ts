import type { FragmentId } from './value.ts'

/** Name of the one file a stack consists of. */
export const stackFile = 'main.tf.json'

/** What OpenTofu applies together. */
export interface Stack {
  /** `network-<site>`, `gateway-<site>` or `link-<link>`; the order's name for a whole stack. */
  readonly name: string
  readonly fragments: readonly FragmentId[]
  /** OpenTofu JSON syntax; the same fragments give the same bytes. */
  readonly text: string
  /** Variables that outputs of other stacks fill. */
  readonly inputs: readonly StackInput[]
  /** Names of the pre-shared keys the stack uses, sorted; they arrive in the variable `keys`. */
  readonly keys: readonly string[]
  /** Stacks that must have been applied before, sorted by name. */
  readonly after: readonly string[]
}

/** One variable of a stack and where its value comes from. */
export interface StackInput {
  readonly variable: string
  readonly stack: string
  readonly output: string
}

/** Name of the variable that holds an output of another stack: `gateway_north_address_0`. */
export function variableOfOutput(stack: string, output: string): string {
  return `${stack.replace('-', '_')}_${output}`
}

/** How an order is cut into stacks: `parts` gives each vNet, gateway and link a life of its own, `whole` is one stack. */
export type Cut = 'parts' | 'whole'

/** Name of the part that a fragment belongs to. */
export function partOf(id: FragmentId): string {
  const [kind, name] = id.split('/')
  return `${kind}-${name}`
}

/** Name of the stack of a site's network. */
export function stackOfNetwork(site: string): string {
  return `network-${site}`
}

/** Name of the stack of a site's gateway. */
export function stackOfGateway(site: string): string {
  return `gateway-${site}`
}

/** Name of the stack of a link, given the link's name such as `north--south`. */
export function stackOfLink(link: string): string {
  return `link-${link}`
}
