import { composeStacks, networkFragment, viewsOfStack, type Fragment, type SpokeProvider } from '@isthmus/core'
import { siteOf } from './site.ts'

/** What finds a network that is there already, for a site named `own`. */
export interface LookUp {
  readonly fragment: Fragment
  /** Names of the stacks that it composes into when every network has one of its own. */
  readonly stacks: readonly string[]
  /** Types of all that these stacks hold, sorted; those of data sources begin with `data.`. */
  readonly types: readonly string[]
}

/**
 * Looks a network up as an order without options does.
 *
 * @param id in the form that the provider's `existing.id` describes
 * @throws Error for a provider that looks nothing up
 */
export function lookUp<O>(provider: SpokeProvider<O>, region: string, id: string): LookUp {
  const site = siteOf(provider, 'own', { region })
  if (!provider.existing) throw new Error(`${provider.id} looks up no networks: it has no existing`)
  const fragment = provider.existing.lookup({ name: site.name, region, id, options: site.options })
  const placed = { ...fragment, id: networkFragment(site.name), site: site.name, provider: provider.use(site), environment: provider.environment }
  const stacks = composeStacks('mesh', [placed], 'parts')
  return { fragment, stacks: stacks.map(({ name }) => name), types: stacks.flatMap(({ text }) => viewsOfStack(text).map(({ type }) => type)).sort() }
}
