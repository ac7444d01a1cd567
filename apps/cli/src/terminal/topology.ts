import type { Plan } from '@isthmus/core'

/**
 * Draws the sites as boxes in a column and each link as a line that leaves its two boxes to the right, so that any topology
 * fits into a terminal.
 */
export function topology(plan: Pick<Plan, 'sites' | 'deals'>): string[] {
  const labels = plan.sites.map((site) => [`${site.name}  (${site.cloud} ${site.region})`, `${site.cidrs.join(' ')}${site.unlinked ? '' : `  AS ${site.asn}`}`])
  const width = Math.max(...labels.flat().map((text) => text.length)) + 2
  const rows = labels.flatMap(([name = '', network = '']) => [`┌${'─'.repeat(width)}┐`, `│ ${name.padEnd(width - 1)}│`, `│ ${network.padEnd(width - 1)}│`, `└${'─'.repeat(width)}┘`])
  const rowsPerSite = 4
  const at = new Map(plan.sites.map((site, index) => [site.name, index * rowsPerSite]))
  return plan.deals.reduce((lines, deal, index) => {
    const column = index * 3 + 2
    const [top, bottom] = [(at.get(deal.a.site) ?? 0) + 1, (at.get(deal.b.site) ?? 0) + 2]
    return lines.map((line, row) => joinLine(line, row, { top, bottom, column, edge: width + 2 }))
  }, rows)
}

/** What a line from the left makes of what stands in its way. */
const crossings: ReadonlyMap<string, string> = new Map([['│', '┼'], ['┐', '┬'], ['┘', '┴'], ['┬', '┬'], ['┴', '┴'], ['┼', '┼']])

interface Line {
  readonly top: number
  readonly bottom: number
  readonly column: number
  readonly edge: number
}

function joinLine(text: string, row: number, { top, bottom, column, edge }: Line): string {
  if (row < top || row > bottom) return text
  const at = edge + column
  const padded = [...text.padEnd(at + 1, ' ')]
  if (row === top || row === bottom) for (let index = edge; index < at; index++) padded[index] = crossings.get(padded[index] ?? ' ') ?? '─'
  padded[at] = row === top ? '┐' : row === bottom ? '┘' : '│'
  return padded.join('').trimEnd()
}
