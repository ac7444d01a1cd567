import { tabulatePairs, type PairCell, type PairRow, type Suite } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import type { Output } from '../terminal/output.ts'
import { table } from '../terminal/table.ts'

/** `isthmus pairs`: which clouds can be linked, how, and why. Worked out by planning each pair, not looked up. */
export function pairs({ providers, withoutProvider }: KnownClouds, output: Output): number {
  const rows = tabulatePairs(providers)
  const cells = rows.flatMap((row) => [cellsOf(row, row.chosen ?? 'bgp')])
  for (const line of table(['pair', 'routing', 'tunnels', 'phase 1; phase 2', 'reason'], cells)) output.line(line)
  output.line()
  for (const { id, vpn } of withoutProvider) output.line(`${id} with any: ${vpn.value.reason}; ${vpn.value.instead}.`)
  output.document({ ok: true, pairs: rows, withoutProvider: withoutProvider.map(({ id, title, vpn }) => ({ cloud: id, title, ...vpn.value })) })
  return exitCode.success
}

function cellsOf({ a, b, regions, chosen, modes }: PairRow, mode: 'bgp' | 'static'): string[] {
  const cell = modes[mode]
  const name = `${a}–${b}${regions === undefined ? '' : ` (${regions} region${regions === 'two' ? 's' : ''})`}`
  if (!cell.possible) return [name, '–', '–', '–', `${cell.why} ${cell.instead}`]
  return [name, chosen ?? '–', String(cell.tunnels), suiteText(cell.suite), `${cell.reason}${otherMode(modes, mode)}`]
}

/** Why the other mode cannot be had, where it cannot. */
function otherMode(modes: PairRow['modes'], mode: 'bgp' | 'static'): string {
  const other = mode === 'bgp' ? 'static' : 'bgp'
  const cell: PairCell = modes[other]
  return cell.possible ? '' : `; not ${other}: ${cell.why}`
}

function suiteText({ phase1, phase2 }: Suite): string {
  const first = [phase1.encryption, phase1.integrity, phase1.prf, `dh${phase1.dhGroup}`]
  const second = [phase2.encryption, phase2.integrity, `pfs${phase2.pfs}`]
  return [first, second].map((words) => words.filter(Boolean).join(' ')).join('; ')
}
