/** Texts joined for a sentence: `a, b and c`. */
export function listOf(items: readonly { toString(): string }[]): string {
  const last = items.at(-1)
  if (last === undefined) return 'nothing'
  return items.length === 1 ? `${last}` : `${items.slice(0, -1).join(', ')} and ${last}`
}
