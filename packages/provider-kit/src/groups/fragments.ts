import { composeStacks, planOrder, type AnyProvider, type Half, type PlacedFragment, type Resource, type Site } from '@isthmus/core'
import type { ProviderSchema } from '@isthmus/simulator'
import { demandNone, type Check } from '../check/check.ts'
import { exportsIn, madeFor, type Made } from '../check/own-fragments.ts'
import { siteBeside } from '../check/planned-link.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { mirror } from '../mirror/mirror.ts'
import { invalidConfiguration, invalidIn } from '../schema/conformity.ts'
import { misnamed } from '../schema/names.ts'
import { brokenReferences, exposedSecrets } from '../schema/references.ts'

/** What the provider writes: valid to its OpenTofu provider, sound in itself, without secrets, and the same each time. */
export function fragmentsChecks({ provider, schema, sites }: Subject): Check[] {
  return sites.flatMap(([name, site]) => {
    const check = (what: string, problems: (made: Made) => readonly string[]): Check => ({
      group: 'fragments',
      name: `${name}: ${what}`,
      run: () => demandNone([...new Set(madeFor(provider, site).flatMap(problems))]),
    })
    return [
      check('every resource is valid to the schema', ({ own }) => own.flatMap((fragment) => invalidIn(fragment, schema))),
      check('the OpenTofu provider is the one of the schema, with valid arguments', ({ own }) => own.flatMap((fragment) => invalidUse(fragment, schema))),
      check('every reference leads somewhere', ({ own, link }) => own.flatMap((fragment) => brokenReferences(fragment, { schema, exportsOf: exportsIn(link.plan.fragments) }))),
      check('no secret is written out', ({ own }) => own.flatMap((fragment) => fragment.resources.flatMap((resource) => exposedSecrets(resource, schema)))),
      check('the same order gives the same bytes', ({ mode }) => (bytesOf(provider, site, mode, false) === bytesOf(provider, site, mode, true) ? [] : ['two plans of one order, written in another sequence, differ'])),
      check('names of resources come from stable names', ({ link: { site: planned, half } }) => [...namesOfNetwork(provider, planned), ...namesOfLink(provider, planned, half)]),
      check('a gateway exports the same whatever links use it', ({ own }) => own.flatMap((fragment) => badExports(fragment))),
    ]
  })
}

function invalidUse({ provider: use }: PlacedFragment, schema: ProviderSchema): string[] {
  const foreign = use.source.toLowerCase() === schema.source.toLowerCase() ? [] : [`use() names ${use.source}, and the schema is that of ${schema.source}`]
  return [...foreign, ...invalidConfiguration(use, schema).map((problem) => `use().configuration: ${problem}`)]
}

function bytesOf(provider: AnyProvider, site: SiteExample, routing: string, reversed: boolean): string {
  const against = mirror('interfaces')
  const turned = <T>(entries: [string, T][]): Record<string, T> => Object.fromEntries(reversed ? entries.toReversed() : entries)
  const sites = turned<Record<string, unknown>>([['east', turned(Object.entries({ cloud: provider.id, ...site }))], ['west', siteBeside(against, [site])]])
  const plan = planOrder(turned<unknown>([['name', 'kit'], ['sites', sites], ['defaults', { routing }]]), { providers: reversed ? [against, provider] : [provider, against] })
  return plan.ok ? composeStacks(plan.name, plan.fragments, 'whole').map((stack) => stack.text).join('') : ''
}

function namesOfNetwork(provider: AnyProvider, site: Site): string[] {
  const made = provider.network(site).resources
  const turned = provider.network({ ...site, subnets: site.subnets.toReversed() }).resources
  return misnamed(made, turned, 'subnets')
}

function namesOfLink(provider: AnyProvider, site: Site, half: Half): string[] {
  const made = provider.link(site, half).resources
  const turned: readonly Resource[] = provider.link(site, { ...half, connections: half.connections.toReversed() }).resources
  return misnamed(made, turned, 'connections')
}

function badExports({ id, exports }: PlacedFragment): string[] {
  return Object.keys(exports).filter((name) => !/^[a-z][a-z0-9_]*$/.test(name)).map((name) => `${id} exports ${name}, and an export is named [a-z][a-z0-9_]*`)
}
