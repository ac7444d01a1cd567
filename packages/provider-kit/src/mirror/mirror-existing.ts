import { adoptedFields, notApplied, textOf, type ExistingNetworks } from '@isthmus/core'

/** Networks that are there already: one data source finds one by its id. */
export function existingNetworks(id: string): ExistingNetworks {
  return {
    id: { pattern: /^network-\d+$/, example: 'network-1' },
    lookup: ({ name, id: network }) => ({ resources: [{ type: `${id}_network`, name, mode: 'data', body: { id: network } }], exports: { network_id: network } }),
    adopt: (view) => (textOf(view.id) === undefined ? notApplied(view) : adoptedFields(view, {})),
  }
}
