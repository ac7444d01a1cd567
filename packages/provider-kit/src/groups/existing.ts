import { isDeepStrictEqual } from 'node:util'
import { notApplied, resourceSetOf, type AnyProvider, type ExistingNetworks, type Fragment } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { madeFor } from '../check/own-fragments.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { invalidIn } from '../schema/conformity.ts'
import { brokenReferences } from '../schema/references.ts'

/** Networks that are there already are looked up by their ids, with data sources that change nothing; for providers that can. */
export function existingChecks({ provider, schema, sites }: Subject): Check[] {
  const { existing } = provider
  if (!existing) return []
  const check = (name: string, problems: () => readonly string[]): Check => ({ group: 'existing', name, run: () => demandNone(problems()) })
  return [
    check('an id is the whole of a text', () => [...unlikeExample(existing), ...beyondExample(existing)]),
    ...sites.flatMap(([name, site]) => [
      check(`${name}: a network is looked up by valid data sources and nothing else`, () => {
        const fragment = lookupOf(provider, existing, site)
        const changing = fragment.resources.filter(({ mode }) => mode !== 'data').map(({ type }) => `lookup() makes a ${type}: it may hold data sources only`)
        return [...changing, ...invalidIn(fragment, schema), ...brokenReferences(fragment, { schema, exportsOf: () => undefined })]
      }),
      check(`${name}: a network is looked up by its id`, () => askingForNone(provider, existing, site)),
      check(`${name}: a network that is not there yet is not adopted`, () => adoptedTooEarly(provider, existing, site)),
    ]),
  ]
}

function lookupOf(provider: AnyProvider, existing: ExistingNetworks, site: SiteExample): Fragment {
  return existing.lookup({ name: 'east', region: site.region, id: exampleOf(existing), options: madeFor(provider, site)[0]?.link.site.options })
}

/** An example is for people: an id, and perhaps words behind a comma. */
function exampleOf({ id: { example } }: ExistingNetworks): string {
  return example.split(',')[0] ?? ''
}

function unlikeExample(existing: ExistingNetworks): string[] {
  const { pattern } = existing.id
  const example = exampleOf(existing)
  return pattern.test(example) ? [] : [`existing.id.example begins with ${example}, which does not fit existing.id.pattern ${pattern}`]
}

function beyondExample(existing: ExistingNetworks): string[] {
  const { pattern } = existing.id
  const example = exampleOf(existing)
  const others = ['', ` ${example}`, `${example} `, `${example}\n`, `${example}"`]
  return others.filter((other) => pattern.test(other)).map((other) => `existing.id.pattern ${pattern} takes ${JSON.stringify(other)}: put it between ^ and $`)
}

/** Data sources may ask for the parts of an id; the network itself is the last one. */
function askingForNone(provider: AnyProvider, existing: ExistingNetworks, site: SiteExample): string[] {
  const example = exampleOf(existing)
  const own = example.split('/').at(-1) ?? ''
  const asked = lookupOf(provider, existing, site).resources.some(({ body }) => JSON.stringify(body).includes(own))
  return asked ? [] : [`lookup() does not ask for ${own}, and so finds any network or none for ${example}`]
}

/** What a plan says of a network has no ids yet. */
function adoptedTooEarly(provider: AnyProvider, existing: ExistingNetworks, site: SiteExample): string[] {
  return madeFor(provider, site).flatMap(({ link }) => provider.networks(resourceSetOf(link.views)).filter((view) => view.site === link.site.name))
    .filter((view) => !isDeepStrictEqual(existing.adopt(view), notApplied(view)))
    .map((view) => `adopt() takes ${view.address} for a network that is there, and nobody applied it: give notApplied(view) while its id is a token`)
}
