/** Milliseconds that work may go on before timers, sockets and everybody else get a turn. */
const longest = 5

/**
 * Resolves at once, or in a later turn of the event loop where there was none for a while. Of all who wait, each gets a turn of its
 * own: work that is cut in pieces would block as long as in one piece, if the pieces of everybody followed each other.
 *
 * Promises alone do not make timers run, so whatever loops over much calls this in between.
 */
export const fairTurn: () => Promise<void> = fairTurns(() => performance.now())

/** Turns by a clock of milliseconds. */
export function fairTurns(clock: () => number): () => Promise<void> {
  let lastTurn = 0
  const waiting: (() => void)[] = []
  const nextTurn = (): void => {
    lastTurn = clock()
    // Called from inside of an immediate, so the next one comes a turn later.
    if (waiting.length > 1) setImmediate(nextTurn)
    waiting.shift()?.()
  }
  return async () => {
    if (waiting.length === 0 && clock() - lastTurn < longest) return
    await new Promise<void>((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(nextTurn)
    })
  }
}
