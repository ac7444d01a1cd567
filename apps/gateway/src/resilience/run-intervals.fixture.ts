import type { LogLine } from '../testing/gateway-process.fixture.ts'

/** One attempt at a run by one gateway, as its log tells. */
export interface Attempt {
  readonly run: string
  readonly fence: number
  /** Milliseconds since 1970. */
  readonly begin: number
  /** When it ended, or its gateway was killed; undefined while it goes on. */
  readonly end: number | undefined
  readonly outcome: string | undefined
}

/** Attempts that a gateway made. @param killed when it was killed, if it was */
export function attemptsOf(log: readonly LogLine[], killed?: number): Attempt[] {
  const lines = (msg: string): LogLine[] => log.filter((line) => line.msg === msg)
  return lines('run begins').map(({ time, run, fence }) => {
    const end = lines('run ends').find((line) => line['run'] === run && line['fence'] === fence)
    return { run: String(run), fence: Number(fence), begin: time, end: end?.time ?? killed, outcome: end === undefined ? undefined : String(end['outcome']) }
  })
}

/** Pairs of attempts at one run that went on at the same time, or with the same fence. */
export function overlaps(attempts: readonly Attempt[]): string[] {
  return attempts.flatMap((one, index) => attempts.slice(index + 1).flatMap((other) => {
    if (one.run !== other.run) return []
    const [first, second] = one.begin <= other.begin ? [one, other] : [other, one]
    const isApart = first.end !== undefined && first.end <= second.begin && first.fence < second.fence
    return isApart ? [] : [`run ${one.run}: fence ${first.fence} until ${first.end}, fence ${second.fence} from ${second.begin}`]
  }))
}
