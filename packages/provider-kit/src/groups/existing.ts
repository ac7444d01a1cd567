import type { AnyProvider, ExistingNetworks } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { madeFor } from '../check/own-fragments.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { invalidIn } from '../schema/conformity.ts'
import { brokenReferences } from '../schema/references.ts'

/** Networks that are there already are looked up by data sources that change nothing; for providers that can. */
export function existingChecks({ provider, schema, sites }: Subject): Check[] {
  const { existing } = provider
  if (!existing) return []
  return sites.map(([name, site]): Check => ({
    group: 'existing',
    name: `${name}: a network is looked up by valid data sources and nothing else`,
    run: () => {
      const fragment = existing.lookup({ name: 'east', region: site.region, id: exampleOf(existing), options: optionsOf(provider, site) })
      const changing = fragment.resources.filter(({ mode }) => mode !== 'data').map(({ type }) => `lookup() makes a ${type}: it may hold data sources only`)
      const broken = brokenReferences(fragment, { schema, exportsOf: () => undefined })
      demandNone([...unlikeExample(existing), ...changing, ...invalidIn(fragment, schema), ...broken])
    },
  }))
}

function optionsOf(provider: AnyProvider, site: SiteExample): unknown {
  return madeFor(provider, site)[0]?.link.site.options
}

/** An example is for people: an id, and perhaps words behind a comma. */
function exampleOf({ id: { example } }: ExistingNetworks): string {
  return example.split(',')[0] ?? ''
}

/** The whole of an id has to fit. */
function unlikeExample(existing: ExistingNetworks): string[] {
  const { pattern } = existing.id
  const example = exampleOf(existing)
  return pattern.exec(example)?.[0] === example ? [] : [`existing.id.example begins with ${example}, which does not fit existing.id.pattern ${pattern}`]
}
