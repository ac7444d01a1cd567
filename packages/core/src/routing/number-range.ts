/** Whole numbers from the first to the last, both included. */
export type NumberRange = readonly [first: number, last: number]

/** True where a range holds the number. */
export function inRanges(value: number, ranges: readonly NumberRange[]): boolean {
  return ranges.some(([first, last]) => value >= first && value <= last)
}

/** The same numbers in sorted ranges that neither touch nor overlap. */
export function mergeRanges(ranges: readonly NumberRange[]): NumberRange[] {
  const result: NumberRange[] = []
  for (const [first, last] of ranges.toSorted((one, other) => one[0] - other[0])) {
    const before = result.at(-1)
    if (before !== undefined && first <= before[1] + 1) result[result.length - 1] = [before[0], Math.max(before[1], last)]
    else result.push([first, last])
  }
  return result
}

/** What each range has in common with any of the others, in the order of `ranges` and ascending inside each. */
export function intersectRanges(ranges: readonly NumberRange[], others: readonly NumberRange[]): NumberRange[] {
  const sorted = mergeRanges(others)
  return ranges.flatMap(([first, last]) => sorted
    .map(([otherFirst, otherLast]): NumberRange => [Math.max(first, otherFirst), Math.min(last, otherLast)])
    .filter((part) => part[0] <= part[1]))
}

/** What is left of each range without the excluded ones, in the order of `ranges` and ascending inside each. */
export function excludeRanges(ranges: readonly NumberRange[], excluded: readonly NumberRange[]): NumberRange[] {
  const holes = mergeRanges(excluded)
  return ranges.flatMap((range) => cutOut(range, holes))
}

function cutOut([first, last]: NumberRange, holes: readonly NumberRange[]): NumberRange[] {
  const parts: NumberRange[] = []
  let next = first
  for (const [holeFirst, holeLast] of holes) {
    if (holeFirst > last) break
    if (holeFirst > next) parts.push([next, holeFirst - 1])
    next = Math.max(next, holeLast + 1)
  }
  if (next <= last) parts.push([next, last])
  return parts
}
