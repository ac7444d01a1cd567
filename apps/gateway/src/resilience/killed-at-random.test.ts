import { describe, it } from 'vitest'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import type { EngineName } from '../testing/store.fixture.ts'
import { killAtRandom } from './killed-at-random.fixture.ts'

/** A hundred moments, half on each engine, always the same ones; set ISTHMUS_KILLS and ISTHMUS_SEED for others. */
const moments = Number(process.env['ISTHMUS_KILLS'] ?? 50)
const seed = Number(process.env['ISTHMUS_SEED'] ?? 1)

const cases: readonly [string, EngineName, readonly string[]][] = [
  ['a gateway on SQLite', 'SQLite', ['one']],
  ['two gateways on PostgreSQL', 'PostgreSQL', ['one', 'other']],
]

describe.concurrent(`killed at ${moments} moments`, () => {
  it.for(cases)('%s: nothing acknowledged is lost, nothing unknown is left, every run ends', { timeout: 60_000 + moments * 20_000 }, async ([, engine, gateways], { onTestFinished }) => {
    const lab = await GatewayLab.open(engine)
    onTestFinished(() => lab.close())
    await killAtRandom(lab, gateways, { moments, seed })
  })
})
