/** Hands out names that nobody has: the wanted one, or with the lowest number behind it that is free, such as `apps-2`. */
export function nameGiver(taken: readonly string[]): (wanted: string) => string {
  const used = new Set(taken)
  const next = new Map<string, number>()
  return (wanted) => {
    let name = wanted
    let number = next.get(wanted) ?? 2
    for (; used.has(name); number += 1) name = `${wanted}-${number}`
    next.set(wanted, number)
    used.add(name)
    return name
  }
}
