/** A flag of a query in the words of Go and Python, in which clients are written; undefined for anything else. */
export function flagOf(text: string | undefined): boolean | undefined {
  const word = text?.toLowerCase()
  return word === 'true' || word === 't' || word === '1' ? true : word === 'false' || word === 'f' || word === '0' ? false : undefined
}
