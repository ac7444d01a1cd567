import type { AnyProvider } from '@isthmus/core'
import { describe, it } from 'vitest'
import { demandNone, groups, testName, wrongSkips, type Check } from './check/check.ts'
import type { ConformanceOptions } from './check/subject.ts'
import { conformanceChecks } from './conformance-checks.ts'

/** Milliseconds for a test without a time-out of its own: machines that test many packages at once are slow. */
const defaultTimeout = 60_000

/**
 * Registers every test of the kit with Vitest. Call it in a test file of the provider's package; everything runs offline, with
 * a mirror provider and simulated clouds.
 *
 * @param options what the kit needs beside the provider; tests that the cloud cannot pass are named in `skips`, with a reason
 */
export function describeProvider(provider: AnyProvider, options: ConformanceOptions): void {
  const checks = conformanceChecks(provider, options)
  const skips = options.skips ?? []
  describe(`provider ${provider.id}`, () => {
    it('has an example site', () => demandNone(Object.keys(options.sites).length > 0 ? [] : ['sites is empty: give at least one, such as { default: { region, cidr } }']))
    it('skips only what is there, and says why', () => demandNone(wrongSkips(skips, checks)))
    for (const group of groups.filter((name) => checks.some((check) => check.group === name))) {
      describe(`${group}`, () => {
        for (const check of checks.filter((item) => item.group === group)) register(check, skips.find((skip) => skip.test === testName(check))?.reason)
      })
    }
  })
}

function register(check: Check, skipReason: string | undefined): void {
  it(`${check.name}`, { timeout: check.timeout ?? defaultTimeout }, async ({ skip }) => {
    if (skipReason !== undefined) {
      process.stdout.write(`skipped: ${testName(check)}: ${skipReason}\n`)
      skip(skipReason)
    }
    await check.run()
  })
}
