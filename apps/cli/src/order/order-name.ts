/** Name of an order that may be wrong otherwise; undefined where it has none that could be one. */
export function orderName(order: unknown): string | undefined {
  const name: unknown = typeof order === 'object' && order !== null && 'name' in order ? order.name : undefined
  return typeof name === 'string' && /^[a-z][a-z0-9-]*$/.test(name) ? name : undefined
}
