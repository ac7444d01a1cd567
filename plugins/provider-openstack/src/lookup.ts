import { adoptedFields, eachValue, lacking, notApplied, ref, textOf, textsOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkDetail, type NetworkReference, type NetworkView, type Resource, type Value } from '@isthmus/core'
import { interfaceOwners } from './facts.ts'
import type { OpenstackOptions } from './options.ts'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** A network, with a router behind it where it has several, or a subnet in place of it. */
const networkId = new RegExp(`^(?:subnet/(?<subnet>${uuid})|(?<network>${uuid})(?:/(?<router>${uuid}))?)$`)

/** Networks that are there already. */
export const existing: ExistingNetworks<OpenstackOptions> = {
  id: {
    pattern: networkId,
    example: '6b1c7f2e-93a4-4d0e-8c55-0f1f6a2f9a10, the id of the network; where it has several routers, followed by / and the id of one; or subnet/ and the id of one of its subnets',
  },
  lookup,
  // terraform-provider-openstack@4fd8eba, openstack/data_source_openstack_networking_network_v2.go and …_subnet_v2.go.
  missing: /Your query returned no (?:results|openstack_networking_subnet_v2)/,
  adopt,
}

function lookup({ name, id }: NetworkReference<OpenstackOptions>): Fragment {
  const { subnet, network = '', router } = networkId.exec(id)?.groups ?? {}
  const asked = askedName(name)
  const home = subnet === undefined ? network : ref(`data.openstack_networking_subnet_v2.${asked}`, 'network_id')
  const address = `data.openstack_networking_network_v2.${name}`
  const routers = router === undefined
    ? Object.entries(interfaceOwners.value).flatMap(([kind, owner]) => attachedRouters(`${name}--${kind}`, home, owner))
    : [data('router', name, { router_id: router })]
  return {
    resources: [
      ...(subnet === undefined ? [] : [data('subnet', asked, { subnet_id: subnet })]),
      data('network', name, { network_id: home }),
      data('subnet', name, { subnet_id: eachValue }, { forEach: ref(address, 'subnets') }),
      ...routers,
    ],
    exports: { network_id: ref(address, 'id') },
  }
}

/** Name under which the subnet is looked up that stands for its network. */
export function askedName(network: string): string {
  return `${network}--asked`
}

/** A network does not say which routers it is attached to; its ports say whose they are. */
function attachedRouters(name: string, network: Value, owner: string): Resource[] {
  return [
    data('port_ids', name, { network_id: network, device_owner: owner }),
    data('port', name, { port_id: eachValue }, { forEach: ref(`data.openstack_networking_port_ids_v2.${name}`, 'ids') }),
    data('router', name, { router_id: eachValue }, { forEach: ref(`data.openstack_networking_port_v2.${name}`, '*', 'device_id') }),
  ]
}

function data(noun: string, name: string, body: Resource['body'], more: Pick<Resource, 'forEach'> = {}): Resource {
  return { type: `openstack_networking_${noun}_v2`, name, mode: 'data', body, ...more }
}

/** Without a router, the order that uses the network makes one. */
function adopt(view: NetworkView): Adopted {
  const network = textOf(view.id)
  if (network === undefined || view.subnets.some(({ id }) => textOf(id) === undefined)) return notApplied(view)
  const routers = textsByKey(view.details['routers'])
  const [router, ...others] = routers.filter(([, external]) => external !== '').map(([id]) => id)
  if (others.length > 0) return lacking(view, `${others.length + 1} routers with an external gateway`, `name the one to use behind the id: ${[router, ...others].map((id) => `${network}/${id}`).join(' or ')}`)
  const [inward] = routers.map(([id]) => id)
  if (router === undefined && inward !== undefined) return lacking(view, `the router ${inward} without an external gateway`, `run openstack router set --external-gateway <network> ${inward}`)
  const reached = subnetsAt(router, view)
  if (reached.length === 0) return lacking(view, 'no IPv4 subnet', 'add one and attach it to the router')
  const subnets = reached.flatMap(({ id }) => textOf(id) ?? [])
  return adoptedFields({ ...view, cidrs: reached.map(({ cidr }) => cidr), subnets: reached }, { existing: { network, ...(router === undefined ? {} : { router }), subnets } })
}

/** Those that are attached to a router, where that is known. */
function subnetsAt(router: string | undefined, { subnets, details }: NetworkView): NetworkView['subnets'] {
  const attached = textsOf(details['attached'])
  return router === undefined || attached.length === 0 ? subnets : subnets.filter(({ id }) => attached.includes(attachment(textOf(id) ?? '', router)))
}

/** A subnet that a router is attached to. */
export function attachment(subnet: string, router: string): string {
  return `${subnet} ${router}`
}

function textsByKey(detail: NetworkDetail | undefined): [string, string][] {
  return Object.entries(Object(detail)).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[key, value]] : []))
}
