import { isDeepStrictEqual } from 'node:util'
import { isToken, proveAgreement, readEnds, type AnyProvider, type EndView, type Finding, type Plan, type ResourceView } from '@isthmus/core'
import { clouds, validateResource } from '@isthmus/simulator'
import { providers } from '../orders.ts'
import type { Shared } from './rules.ts'
import { neighbours, withChange, type Argument } from './stack.ts'

/** One argument of one resource, changed. */
export interface Mutant {
  readonly name: string
  readonly argument: Argument
  readonly value: unknown
  readonly shared: Shared
}

/** Who catches mutants of one stack. */
export interface Hunter {
  /** Findings of the proof about the stack with the mutant in it. */
  findings(mutant: Mutant): readonly Finding[]
  /** True when an error finding names the field and the resource, or the real provider refuses the value. */
  catches(mutant: Mutant, findings?: readonly Finding[]): boolean
}

/** Arguments that OpenTofu keeps for itself. */
const metaArguments = new Set(['provider', 'depends_on', 'lifecycle'])

/** Only the ends of the mutant's own cloud are read again: a reader sees no resources but its own. */
export function hunterOf(plan: Plan, views: readonly ResourceView[]): Hunter {
  const ends = new Map(providers.map((provider) => [provider.id, readEnds(views, [provider])]))
  const viewsOf = new Map(providers.map(({ id }) => [id, views.filter((view) => cloudOf(view) === id)]))
  const near = remembered((address: string) => neighbours(views, address))
  const findings = ({ argument, value }: Mutant): readonly Finding[] => {
    const id = cloudOf(argument.resource)
    const readers = providers.map((provider) => (provider.id === id ? provider : reading(provider, ends.get(provider.id) ?? [])))
    return proveAgreement(withChange(viewsOf.get(id) ?? [], argument, value), plan, readers).findings
  }
  return {
    findings,
    catches: (mutant, found = findings(mutant)) => isNamed(found, mutant, views, near) || isRefused(mutant),
  }
}

/** Id of the cloud that a resource is of. */
export function cloudOf({ type }: ResourceView): string {
  const source = clouds.find(({ schema }) => type in schema.resources)?.source ?? ''
  return idsOfSources[source] ?? ''
}

const idsOfSources: Readonly<Record<string, string>> = {
  'aliyun/alicloud': 'alibaba', 'hashicorp/aws': 'aws', 'hashicorp/azurerm': 'azure', 'hashicorp/google': 'gcp', 'IBM-Cloud/ibm': 'ibm', 'tencentcloudstack/tencentcloud': 'tencent',
}

function reading(provider: AnyProvider, ends: readonly EndView[]): AnyProvider {
  return { ...provider, read: () => [...ends] }
}

function isNamed(findings: readonly Finding[], { argument, value, shared }: Mutant, views: readonly ResourceView[], near: (address: string) => ReadonlySet<string>): boolean {
  const { address } = argument.resource
  const places = [...(shared.indirect ? near(address) : []), ...twins(views, argument, value), address]
  return findings.some(({ severity, title, code, facts }) => {
    const field: unknown = facts?.['field']
    const rightField = (shared.indirect && code !== 'END_MISMATCH') || shared.fields.some((item) => item === field)
    if (shared.vanishes && code === 'END_MISSING') return true
    return severity === 'error' && rightField && places.some((name) => title.includes(name))
  })
}

/** Resources that have stated since ever what the mutant now states too: of two that claim one peer, either may be called wrong. */
function twins(views: readonly ResourceView[], { resource, path }: Argument, value: unknown): string[] {
  const [name, ...rest] = path
  if (name === undefined || rest.length > 0 || !isToken(value)) return []
  return views.filter((view) => view.type === resource.type && isDeepStrictEqual(view.values[name], value)).map((view) => view.address)
}

/** True when validation of the stack already fails, at the changed argument or because another now lacks its company. */
function isRefused({ argument, value }: Mutant): boolean {
  const { resource } = argument
  const cloud = clouds.find(({ schema }) => resource.type in schema.resources)
  const [changed] = withChange([resource], argument, value)
  if (!cloud || !changed) return false
  const body = Object.fromEntries(Object.entries(changed.values).filter(([name]) => !metaArguments.has(name)))
  return validateResource(cloud.schema, resource.type, body, cloud.behaviours[resource.type]?.validate).length > 0
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const results = new Map<string, T>()
  return (key) => {
    const known = results.get(key)
    if (known !== undefined) return known
    const result = compute(key)
    results.set(key, result)
    return result
  }
}
