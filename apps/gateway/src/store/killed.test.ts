import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWritten } from '../testing/acknowledged-writes.fixture.ts'
import { engineNames, StoreLab, type StoreLocation } from '../testing/store.fixture.ts'

const rounds = 20
const program = fileURLToPath(new URL('../testing/write-until-killed.mjs', import.meta.url))

/** Lets another process write, kills it (with -9) a moment after it has had so many acknowledged, and answers all that were. */
async function writeAndKill(location: StoreLocation, from: number, count: number, moment: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, JSON.stringify(location), String(from)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'close')
  let text = ''
  const isEnough = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more
      if (text.split('\n').length > count) resolve()
    })
  })
  await Promise.race([isEnough, exit])
  await sleep(moment)
  child.kill('SIGKILL')
  await exit
  expect(child.signalCode).toBe('SIGKILL')
  return text.split('\n').slice(0, -1).map(Number)
}

describe.each(engineNames)('a gateway killed while it writes to %s', (engine) => {
  let lab: StoreLab
  beforeAll(async () => {
    lab = await StoreLab.open(engine)
  })
  afterAll(() => lab.close())

  it(`loses nothing that was acknowledged, and leaves nothing half done, ${rounds} times`, async () => {
    const location = await lab.place()
    const acknowledged: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      acknowledged.push(...(await writeAndKill(location, round * 1_000_000, Math.floor(Math.random() * 200), Math.random() * 20)))
    }
    expect(acknowledged.length).toBeGreaterThan(rounds)
    const written = await readWritten(await lab.store(location))
    expect(acknowledged.filter((number) => !written.has(number))).toEqual([])
    for (const [number, { records, run }] of written) {
      expect(records).toBe(2)
      expect(run?.payload).toBe(number)
    }
  }, 600_000)
})
