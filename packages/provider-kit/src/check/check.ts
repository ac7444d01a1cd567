import { AssertionError } from 'node:assert'

/** Parts of the kit, in the order in which a new provider is best made green. */
export const groups = ['structure', 'options', 'facts', 'fragments', 'links', 'read-back', 'agreement', 'removal', 'limits', 'existing', 'pairs', 'apply'] as const

/** One of them. */
export type Group = (typeof groups)[number]

/** One test of the kit. */
export interface Check {
  readonly group: Group
  /** Unique in its group and the same whatever the provider does, so that a skip can name it. */
  readonly name: string
  /** Milliseconds it may take, where the runner's default is too short. */
  readonly timeout?: number
  /** Throws when the provider fails. */
  run(): void | Promise<void>
}

/** A test that a provider does not run. */
export interface Skip {
  /** `group > name`, as the runner prints it. */
  readonly test: string
  /** Why the cloud cannot pass it; belongs into the provider's README too. */
  readonly reason: string
}

/** How a skip names a test. */
export function testName({ group, name }: Pick<Check, 'group' | 'name'>): string {
  return `${group} > ${name}`
}

/** What is wrong with a list of skips: those that name no test, and those without a reason. */
export function wrongSkips(skips: readonly Skip[], checks: readonly Check[]): string[] {
  const known = new Set(checks.map(testName))
  return skips.flatMap(({ test, reason }) => [
    ...(known.has(test) ? [] : [`there is no test "${test}" to skip; write "group > name" as the runner prints it`]),
    ...(reason.trim().length > 0 ? [] : [`the skip of "${test}" has no reason`]),
  ])
}

/**
 * Fails with all problems at once.
 *
 * @throws AssertionError unless the list is empty
 */
export function demandNone(problems: readonly string[]): void {
  if (problems.length === 0) return
  const shown = problems.slice(0, mostShown)
  const more = problems.length - shown.length
  throw new AssertionError({ message: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n') })
}

/** A wrong fragment repeats its mistake many times; nobody reads more than this. */
const mostShown = 20
