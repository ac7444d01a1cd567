import { networkConcepts, type NetworkTerms } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import type { Output } from '../terminal/output.ts'
import { table } from '../terminal/table.ts'

interface CloudTerms {
  readonly id: string
  readonly title: string
  readonly terms: NetworkTerms
  readonly source: string
  readonly checked: string
}

/** `isthmus terms`: what each cloud calls the things that networks are made of; all clouds that are known, or those named. */
export function terms(names: readonly string[], known: KnownClouds, output: Output): number {
  const all = termsOf(known)
  const unknown = names.filter((name) => !all.some(({ id }) => id === name))
  if (unknown.length > 0) {
    output.problem('USAGE', `no cloud is named ${unknown.join(' or ')}; there are ${all.map(({ id }) => id).join(', ')}.`)
    return exitCode.usage
  }
  const clouds = all.filter(({ id }) => names.length === 0 || names.includes(id))
  for (const lines of partsOf(clouds, output.width).map(tableOf)) {
    for (const line of lines) output.line(line)
    output.line()
  }
  output.document({ ok: true, concepts: networkConcepts, clouds })
  return exitCode.success
}

function termsOf({ providers, withoutProvider }: KnownClouds): CloudTerms[] {
  const clouds = [...providers.map(({ id, facts }) => ({ id, title: facts.title, terms: facts.terms })), ...withoutProvider]
  return clouds.map(({ id, title, terms: { value, source, checked } }) => ({ id, title, terms: value, source, checked })).sort((a, b) => (a.id < b.id ? -1 : 1))
}

function tableOf(clouds: readonly CloudTerms[]): string[] {
  const words = clouds.map((cloud) => new Map<string, string | null>(Object.entries(cloud.terms)))
  return table(['', ...clouds.map(({ id }) => id)], Object.keys(networkConcepts).map((concept) => [concept, ...words.map((word) => word.get(concept) ?? '–')]))
}

/** As many clouds side by side as the terminal is wide, one at least. */
function partsOf(clouds: readonly CloudTerms[], width: number): CloudTerms[][] {
  const parts: CloudTerms[][] = []
  for (const cloud of clouds) {
    const last = parts.at(-1)
    if (last && (tableOf([...last, cloud])[1] ?? '').length <= width) last.push(cloud)
    else parts.push([cloud])
  }
  return parts
}
