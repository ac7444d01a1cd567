import { isToken, type EndView, type Known, type ProvenTunnel } from '@isthmus/core'
import type { Output } from './output.ts'
import { table } from './table.ts'

/** What is shown of one tunnel. Keys are no part of it. */
export interface TunnelRow {
  readonly link: string
  readonly a: TunnelEndRow
  readonly b: TunnelEndRow
  readonly suite: { readonly phase1: string; readonly phase2: string }
  readonly routing: string
  /** `agreed` while no cloud reports anything about it. */
  readonly state: 'up' | 'down' | 'agreed'
}

interface TunnelEndRow {
  readonly site: string
  readonly outside: string
  readonly inside: string
}

/** Rows of the table of tunnels, sorted by link and addresses. */
export function tunnelRows(tunnels: readonly ProvenTunnel[]): TunnelRow[] {
  return tunnels.map(tunnelRow).sort((x, y) => (sortText(x) < sortText(y) ? -1 : 1))
}

function tunnelRow({ link, sites, ends: [a, b] }: ProvenTunnel): TunnelRow {
  const states = [a.status, b.status]
  return {
    link,
    a: endRow(sites[0], a),
    b: endRow(sites[1], b),
    suite: {
      phase1: [...a.phase1.encryption, ...a.phase1.integrity, ...a.phase1.prf, ...a.phase1.dhGroup.map((group) => `dh${group}`)].join(' '),
      phase2: [...a.phase2.encryption, ...a.phase2.integrity, ...a.phase2.pfs.map((group) => `pfs${group}`)].join(' '),
    },
    routing: a.routing === 'bgp' && a.asn ? `bgp ${text(a.asn.local)}/${text(a.asn.peer)}` : a.routing,
    state: states.includes('down') ? 'down' : states.includes('up') ? 'up' : 'agreed',
  }
}

function endRow(site: string, end: EndView): TunnelEndRow {
  return { site, outside: text(end.outside.local), inside: end.inside ? text(end.inside.local) : '–' }
}

function text(value: Known<string | number>): string {
  return isToken(value) ? 'not known yet' : String(value)
}

function sortText(row: TunnelRow): string {
  return `${row.link} ${row.a.outside} ${row.b.outside} ${row.a.inside}`
}

/** Prints the table of tunnels. */
export function printTunnels(rows: readonly TunnelRow[], output: Output): void {
  const { style } = output
  const paint = { up: style.green('up'), down: style.red('down'), agreed: style.cyan('agreed') }
  const cells = rows.map((row) => [row.link, `${row.a.outside} / ${row.a.inside}`, `${row.b.outside} / ${row.b.inside}`, `${row.suite.phase1}; ${row.suite.phase2}`, row.routing, paint[row.state]])
  for (const line of table(['link', 'first end: outside / inside', 'second end: outside / inside', 'phase 1; phase 2', 'routing', 'state'], cells)) output.line(line)
}
