import { textOf } from '../agreement/attribute-value.ts'
import { finding, type Finding } from '../finding/finding.ts'
import { nameGiver } from '../network/unique-name.ts'
import type { Adopted, NetworkView, SubnetView } from './network-view.ts'

/** An order takes 40 characters; the rest is for a number that makes the name unique. */
const longestName = 36

/**
 * The fields of a site that every cloud's existing networks have: its blocks, zones and subnets.
 *
 * @param own the provider's fields, `existing` among them
 * @param gateway the subnet that the gateway will use alone, where the cloud wants one
 */
export function adoptedFields(view: NetworkView, own: Readonly<Record<string, unknown>>, gateway?: SubnetView): Adopted {
  const giveName = nameGiver([])
  const zones = [...new Set(view.subnets.flatMap(({ zone }) => zone ?? []))].sort()
  const subnets = view.subnets.map((subnet) => ({
    name: giveName((subnet.name || (textOf(subnet.id) ?? 'subnet')).slice(0, longestName)),
    cidr: subnet.cidr,
    ...(subnet.zone === undefined ? {} : { zone: subnet.zone }),
    purpose: subnet === gateway ? 'gateway' : 'workload',
  }))
  return { ok: true, site: { cidrs: view.cidrs, ...(zones.length > 0 ? { zones } : {}), subnets, ...own } }
}

/** The answer that a network lacks what the gateway needs. `what` and `hint` are clauses without a full stop. */
export function lacking(view: NetworkView, what: string, hint: string): Adopted {
  const missing: Finding = finding('NETWORK_UNSUITABLE', view.site === '' ? '' : `sites.${view.site}`, {
    title: `the network ${textOf(view.name) ?? textOf(view.id) ?? view.address} has ${what}.`,
    hint: `${hint}.`,
    facts: { address: view.address },
  })
  return { ok: false, findings: [missing] }
}

/** The answer that a network has no id, because nobody applied its stack. */
export function notApplied(view: NetworkView): Adopted {
  return lacking(view, 'no id yet', 'apply its stack first')
}
