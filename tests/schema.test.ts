import { composeStacks, isToken, planOrder, viewsOfFragments, viewsOfStack, type ResourceView, type RoutingMode } from '@isthmus/core'
import { clouds, validateResource, type Members, type SimulatedCloud } from '@isthmus/simulator'
import { describe, expect, it } from 'vitest'
import { cloudNames, cloudSite, differentClouds, pairOrder, siteOfEachCloud } from './cloud-pairs.ts'
import { optionVariants, variantSite } from './option-variants.ts'
import { providers } from './orders.ts'

/** Arguments of any resource that OpenTofu reads itself. */
const metaArguments = new Set(['provider', 'depends_on', 'lifecycle', 'for_each', 'count'])

function cloudOf(type: string): SimulatedCloud | undefined {
  const [mode, name = ''] = type.startsWith('data.') ? ['dataSources', type.slice('data.'.length)] as const : ['resources', type] as const
  return clouds.find(({ schema }) => name in schema[mode])
}

function membersOf(type: string): Members {
  const schema = cloudOf(type)?.schema
  return (type.startsWith('data.') ? schema?.dataSources[type.slice('data.'.length)] : schema?.resources[type])?.attributes ?? {}
}

/** What the true schemas refuse of the resources of a stack, references that lead nowhere included. */
function problemsIn(views: readonly ResourceView[]): string[] {
  const byAddress = new Map(views.map((view) => [view.address, view]))
  return views.flatMap((view) => {
    const cloud = cloudOf(view.type)
    if (!cloud) return [`no cloud has ${view.type}`]
    const body = Object.fromEntries(Object.entries(view.values).filter(([name]) => !metaArguments.has(name)))
    return [
      ...validateResource(cloud.schema, view.type, body, cloud.behaviours[view.type]?.validate).map(({ path, detail }) => `${view.address}.${path}: ${detail}`),
      ...tokensIn(body).filter((token) => !isMet(token, byAddress)).map((token) => `${view.address} refers to ${token}, which does not exist`),
    ]
  })
}

function tokensIn(value: unknown): string[] {
  if (isToken(value)) return [value.token]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tokensIn) : []
}

function isMet(token: string, byAddress: ReadonlyMap<string, ResourceView>): boolean {
  if (/^var\.keys\.|^each\.value$/.test(token)) return true
  const steps = token.split('.')
  const own = steps[0] === 'data' ? 3 : 2
  const target = byAddress.get(steps.slice(0, own).join('.'))
  return target !== undefined && hasAttribute(membersOf(target.type), steps.slice(own).filter((step) => !/^\d+$/.test(step)))
}

function hasAttribute(members: Members, [name = '', ...rest]: readonly string[]): boolean {
  const member = members[name]
  return member !== undefined && (rest.length === 0 || hasAttribute(member.block ?? {}, rest))
}

/** What is refused of an order's stacks, in either cut; undefined where the order itself cannot be. */
function problemsOf(order: unknown): string[] | undefined {
  const plan = planOrder(order, { providers })
  if (!plan.ok) return undefined
  // Composed in parts, references between fragments become variables and outputs; the arguments stay the same.
  const parts = composeStacks(plan.name, plan.fragments, 'parts').flatMap((stack) => viewsOfStack(stack.text)).length
  const views = viewsOfFragments(plan.fragments)
  return [...problemsIn(views), ...(views.length === parts ? [] : [`${parts} resources in parts, and ${views.length} in the whole`])]
}

const securities = ['strong', 'baseline'] as const
const modes: readonly RoutingMode[] = ['bgp', 'static']
const secure = (order: unknown, security: string): unknown => ({ ...Object(order), security })

describe.each(differentClouds)('every resource of $a and $b is valid', (pair) => {
  it.each(modes.flatMap((mode) => securities.map((security) => [mode, security] as const)))('%s, %s', (mode, security) => {
    expect(problemsOf(secure(pairOrder(pair, mode), security))).toEqual(pair[mode] === 'none' ? undefined : [])
  })
})

describe.each(cloudNames)('every resource of a site in %s is valid', (cloud) => {
  const peer = cloud === 'gcp' ? 'aws' : 'gcp'
  const order = (site: object, routing?: RoutingMode): unknown => ({ name: 'variant', sites: { [cloud]: site, peer: cloudSite(peer, 2) }, ...(routing ? { defaults: { routing } } : {}) })
  // A gateway below 200 Mbps speaks no BGP, which the planner refuses with a finding.
  const onlyStatic = new Set(['a bandwidth without BGP'])

  it.each(Object.entries(optionVariants[cloud] ?? {}))('with %s', (name, variant) => {
    const results = modes.map((mode) => problemsOf(order(variantSite(cloud, variant), mode)))
    expect(results).toEqual([onlyStatic.has(name) ? undefined : [], []])
  })

  it('alone', () => {
    expect(problemsOf({ name: 'alone', topology: { links: [] }, sites: { [cloud]: cloudSite(cloud, 1) } })).toEqual([])
  })

  it('as hub of all others', () => {
    expect(problemsOf({ name: 'hub', topology: { hub: cloud }, sites: siteOfEachCloud() })).toEqual([])
  })
})

it('every resource of a full mesh of all clouds is valid', () => {
  expect(problemsOf({ name: 'mesh', sites: siteOfEachCloud() })).toEqual([])
})

describe('what is not valid shows', () => {
  const planned = planOrder(pairOrder({ a: 'aws', b: 'ibm' }, 'static'), { providers })
  const views = planned.ok ? viewsOfFragments(planned.fragments) : []
  const changed = (type: string, change: (values: ResourceView['values']) => Record<string, unknown>): string[] => {
    const target = views.find((view) => view.type === type)
    return problemsIn(views.map((view) => (view === target ? { ...view, values: change(view.values) } : view))).map((problem) => problem.replace(`${target?.address}.`, ''))
  }

  it.each<[string, string, (values: ResourceView['values']) => Record<string, unknown>, string]>([
    ['a misspelt argument', 'aws_vpn_connection', (values) => ({ ...values, tunel1_inside_cidr: '169.254.6.0/30' }), 'tunel1_inside_cidr: there is no such argument'],
    ['a missing argument', 'ibm_is_vpn_gateway_connection', (values) => ({ ...values, preshared_key: undefined }), 'preshared_key: is required'],
    ['a value out of the list', 'ibm_is_vpn_gateway_connection', (values) => ({ ...values, action: 'panic' }), 'one of [restart clear hold none]'],
    ['a reference to nothing', 'ibm_is_vpn_gateway_connection', (values) => ({ ...values, ike_policy: { token: 'ibm_is_ike_policy.nobody.id' } }), 'refers to ibm_is_ike_policy.nobody.id'],
    ['a reference to an attribute that is not there', 'aws_vpn_connection', (values) => ({ ...values, customer_gateway_id: { token: `${views.find(({ type }) => type === 'aws_customer_gateway')?.address}.ident` } }), '.ident, which does not exist'],
  ])('%s', (_, type, change, problem) => {
    expect(changed(type, change).join('\n')).toContain(problem)
  })
})
