import { planOrder, type AnyProvider, type Plan, type Refused } from '@isthmus/core'
import { exitCode } from '../exit-code.ts'
import { providers } from '../providers.ts'
import type { Output } from '../terminal/output.ts'
import { table } from '../terminal/table.ts'

/** One cell of the matrix of clouds. */
interface Pair {
  readonly a: string
  readonly b: string
  readonly possible: boolean
  readonly routing?: string
  readonly tunnels?: number
  readonly wiring?: string
  readonly suite?: { readonly phase1: string; readonly phase2: string }
  /** Why it is so, or why not and what to do instead. */
  readonly reason: string
}

/** `isthmus pairs`: which clouds can be linked, how, and why. Worked out by planning each pair, not looked up. */
export function pairs(output: Output): number {
  const rows = providers.flatMap((one, index) => providers.slice(index).map((other) => pairOf(one, other)))
  const cells = rows.map((row) => [`${row.a}–${row.b}`, row.routing ?? '–', row.tunnels === undefined ? '–' : String(row.tunnels), row.suite ? `${row.suite.phase1}; ${row.suite.phase2}` : '–', row.reason])
  for (const line of table(['pair', 'routing', 'tunnels', 'phase 1; phase 2', 'reason'], cells)) output.line(line)
  output.document({ ok: true, pairs: rows })
  return exitCode.success
}

function pairOf(one: AnyProvider, other: AnyProvider): Pair {
  const second = other.id === one.id ? `${other.id}-too` : other.id
  const planned = planOrder({ name: 'pair', sites: { [one.id]: site(one, '10.0.0.0/16'), [second]: site(other, '10.1.0.0/16') } }, { providers })
  return { a: one.id, b: other.id, ...described(planned) }
}

function described(planned: Plan | Refused): Omit<Pair, 'a' | 'b'> {
  const deal = planned.ok ? planned.deals[0] : undefined
  if (!deal) return { possible: false, reason: [...new Set(planned.findings.map((item) => `${item.title} ${item.hint}`))].join(' ') }
  const wiring = deal.reasons.find((reason) => reason.about === 'wiring')
  const { phase1, phase2 } = deal.suite
  return {
    possible: true,
    routing: deal.routing,
    tunnels: deal.tunnels.length,
    wiring: wiring?.chosen ?? '',
    suite: { phase1: [phase1.encryption, phase1.integrity, phase1.prf, `dh${phase1.dhGroup}`].filter(Boolean).join(' '), phase2: [phase2.encryption, phase2.integrity, `pfs${phase2.pfs}`].filter(Boolean).join(' ') },
    reason: wiring?.because ?? '',
  }
}

/** A site in the first region that the cloud's facts list. */
function site(provider: AnyProvider, cidr: string): { cloud: string; region: string; cidr: string } {
  const [region = ''] = Object.keys(provider.facts.network.regions.value)
  return { cloud: provider.id, region, cidr }
}
