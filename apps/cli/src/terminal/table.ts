import { stripVTControlCharacters } from 'node:util'

/** Sets rows in columns as wide as their longest cell. Colours in cells do not count. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => visibleLength(row[column] ?? ''))))
  const print = (row: readonly string[]): string => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - visibleLength(cell))).join('  ').trimEnd()
  return [print(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(print)]
}

function visibleLength(text: string): number {
  return [...stripVTControlCharacters(text)].length
}
