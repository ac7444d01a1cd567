import { IsthmusError } from '../finding/isthmus-error.ts'
import type { PlacedFragment, Resource } from './fragment.ts'
import { expressionOf, renderValue, stableJson, type Json } from './render.ts'
import { partOf, variableOfOutput, type Cut, type Stack, type StackInput } from './stack.ts'
import { isExpression, KeyReference, Reference, type FragmentId, type Import, type Value } from './value.ts'

/** Oldest OpenTofu whose language and encryption the stacks rely on. */
const requiredVersion = '>= 1.12.0'

/**
 * Cuts fragments into stacks. Imports become plain references inside a stack and variables across stacks, so the same
 * fragments serve both cuts.
 *
 * @param name name of the whole stack
 * @throws IsthmusError CONTRACT_BROKEN when a fragment imports what nobody exports, or two resources share an address
 */
export function composeStacks(name: string, fragments: readonly PlacedFragment[], cut: Cut): Stack[] {
  const byId = new Map(fragments.map((fragment) => [fragment.id, fragment]))
  const groups = new Map<string, PlacedFragment[]>()
  for (const fragment of fragments) {
    const stack = cut === 'whole' ? name : partOf(fragment.id)
    groups.set(stack, [...(groups.get(stack) ?? []), fragment])
  }
  const stackOf = new Map([...groups].flatMap(([stack, members]) => members.map((member) => [member.id, stack] as const)))
  return [...groups].map(([stack, members]) => composeOne(stack, members, byId, stackOf)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function composeOne(name: string, members: readonly PlacedFragment[], byId: ReadonlyMap<FragmentId, PlacedFragment>, stackOf: ReadonlyMap<FragmentId, string>): Stack {
  const inputs = new Map<string, StackInput>()
  const keys = new Set<string>()
  const resolve = (item: Import): Json => {
    const value = byId.get(item.fragment)?.exports[item.export]
    if (value === undefined) throw new IsthmusError('CONTRACT_BROKEN', `stack ${name} needs ${item.export} of ${item.fragment}, which nobody exports`)
    const owner = stackOf.get(item.fragment)
    if (owner === name || owner === undefined || isLiteral(value)) return renderValue(value, resolve)
    const variable = variableOfOutput(owner, item.export)
    inputs.set(variable, { variable, stack: owner, output: item.export })
    return `\${var.${variable}}`
  }
  const blocks: Record<'resource' | 'data', Record<string, Record<string, Json>>> = { resource: {}, data: {} }
  for (const member of members) {
    for (const resource of member.resources) {
      collectKeys(resource.body, keys)
      place(name, blocks[resource.mode ?? 'resource'], member, resource, resolve)
    }
  }
  const document: Record<string, Json> = { ...header(members), ...present(blocks), ...outputs(members, resolve) }
  const variables = variableBlocks([...inputs.values()], keys.size > 0)
  if (Object.keys(variables).length > 0) document['variable'] = variables
  const sortedInputs = [...inputs.values()].sort((a, b) => (a.variable < b.variable ? -1 : 1))
  return {
    name,
    fragments: members.map((member) => member.id).sort(),
    text: stableJson(document),
    inputs: sortedInputs,
    keys: [...keys].sort(),
    after: [...new Set(sortedInputs.map((input) => input.stack))].sort(),
  }
}

function header(members: readonly PlacedFragment[]): Record<string, Json> {
  const required: Record<string, Json> = {}
  const configurations: Record<string, Record<string, Json>> = {}
  for (const { site, provider, resources } of members) {
    if (resources.length === 0) continue
    required[provider.name] = { source: provider.source, version: provider.version }
    const rendered = renderValue(provider.configuration, () => null)
    configurations[provider.name] = { ...configurations[provider.name], [site]: { alias: site, ...(isObject(rendered) ? rendered : {}) } }
  }
  const provider = Object.fromEntries(Object.entries(configurations).map(([local, sites]) => [local, Object.keys(sites).sort().map((site) => sites[site] ?? null)]))
  const terraform: Record<string, Json> = { required_version: requiredVersion }
  if (Object.keys(required).length > 0) terraform['required_providers'] = required
  return Object.keys(provider).length > 0 ? { terraform, provider } : { terraform }
}

function place(stack: string, block: Record<string, Record<string, Json>>, member: PlacedFragment, resource: Resource, resolve: (item: Import) => Json): void {
  const named = (block[resource.type] ??= {})
  if (named[resource.name] !== undefined) throw new IsthmusError('CONTRACT_BROKEN', `stack ${stack} holds ${resource.type}.${resource.name} twice`)
  const body = renderValue(resource.body, resolve)
  named[resource.name] = {
    provider: `${member.provider.name}.${member.site}`,
    ...(resource.forEach ? { for_each: `\${toset(${expressionOf(overInstances(resource.forEach, member.resources))})}` } : {}),
    ...(isObject(body) ? body : {}),
    ...(resource.dependsOn && resource.dependsOn.length > 0 ? { depends_on: [...resource.dependsOn].sort() } : {}),
    ...(resource.replacedWith && resource.replacedWith.length > 0 ? { lifecycle: { replace_triggered_by: [...resource.replacedWith].sort() } } : {}),
  }
}

/** A resource with `forEach` is a map of its instances, and only a list can be gone through. */
function overInstances(list: Reference, resources: readonly Resource[]): Reference {
  const owner = resources.find(({ mode, type, name }) => `${mode === 'data' ? 'data.' : ''}${type}.${name}` === list.address)
  return owner?.forEach && list.path[0] === '*' ? new Reference(`values(${list.address})`, list.path) : list
}

/** Networks and gateways publish all their exports, so that their stacks do not change with the links that use them. */
function outputs(members: readonly PlacedFragment[], resolve: (item: Import) => Json): Record<string, Json> {
  const single = members.length === 1 ? members[0] : undefined
  if (!single || single.id.startsWith('link/')) return {}
  const rendered = Object.entries(single.exports).map(([key, value]) => [key, { value: renderValue(value, resolve) }] as const)
  return rendered.length > 0 ? { output: Object.fromEntries(rendered) } : {}
}

function variableBlocks(inputs: readonly StackInput[], withKeys: boolean): Record<string, Json> {
  const blocks: Record<string, Json> = Object.fromEntries(inputs.map(({ variable, stack, output }) => [variable, { description: `Output ${output} of stack ${stack}` }]))
  if (withKeys) blocks['keys'] = { description: 'Pre-shared keys by name and version', type: 'map(string)', sensitive: true }
  return blocks
}

function present(blocks: Record<string, Record<string, Record<string, Json>>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(blocks).filter(([, types]) => Object.keys(types).length > 0))
}

function collectKeys(value: Value, keys: Set<string>): void {
  if (value instanceof KeyReference) keys.add(value.key)
  else if (value !== null && typeof value === 'object' && !isExpression(value)) for (const item of Object.values(value)) collectKeys(item, keys)
}

function isLiteral(value: Value): boolean {
  if (value === null || typeof value !== 'object') return true
  return !isExpression(value) && Object.values(value).every(isLiteral)
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
