/** Stands where something is still to be written, and says what. */
export function unfinished(file: string, what: string): never {
  throw new Error(`${file} is not finished: ${what}`)
}
