import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, listOf, threeClouds, tunnelStates } from '../testing/command-line.fixture.ts'
import { unknownObjects } from '../testing/known-objects.fixture.ts'
import { namedLeftovers, objectOf } from '../testing/leftovers.fixture.ts'
import { killTree } from '../testing/process-tree.fixture.ts'
import { randomNumbers } from '../testing/random.fixture.ts'

/** How often the command is killed: few times in a quick run; set ISTHMUS_KILLS=30 for many, at moments that differ each time. */
const asked = process.env['ISTHMUS_KILLS']
const kills = Number(asked ?? 3)
const treeKills = Math.ceil(kills / 3)
const seed = Number(process.env['ISTHMUS_SEED'] ?? (asked === undefined ? 1 : Date.now() % 1_000_000))
const random = randomNumbers(seed)

/** An apply at this speed takes about as long as the latest moment. */
const speed = '1000'
const latest = 5000

const clouds = ['--simulated', '--speed', 'Infinity', '--json']

let line: CommandLine

beforeAll(async () => {
  report(`seed ${seed}: ${kills} kills of the command, ${treeKills} of all that it started`)
  await (await CommandLine.open()).close()
}, installTime)

afterEach(() => line.close())

/** One moment in each of so many equal parts of the time that an apply takes. */
function moments(count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.round(((index + random()) / count) * latest))
}

function report(text: string): void {
  process.stderr.write(`${text}\n`)
}

async function killedAfter(moment: number, kill: (pid: number) => Promise<void> | void): Promise<void> {
  line = await CommandLine.open()
  const running = line.start(['apply', threeClouds, '--simulated', '--speed', speed])
  await Promise.race([sleep(moment), running.ended])
  if (running.child.pid !== undefined && running.child.exitCode === null) await kill(running.child.pid)
  await running.ended
}

describe('isthmus apply', () => {
  it.each(moments(kills))('killed after %i ms, is finished by the next one', async (moment) => {
    await killedAfter(moment, (pid) => void process.kill(pid, 'SIGKILL'))
    const ran = await line.run(['apply', threeClouds, ...clouds])
    const unknown = await unknownObjects(line, 'seoul-mesh')
    report(`killed after ${moment} ms: then exit ${ran.code}, ${unknown.length} objects that no state knows`)
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    expect(tunnelStates(documentOf(ran))).toEqual({ up: 10 })
    expect(listOf(documentOf(ran), 'findings')).toEqual([])
    expect(unknown).toEqual([])
  })

  it.runIf(process.platform === 'linux').each(moments(treeKills))('killed after %i ms with all that it started, leaves nothing that the next one does not know or name', async (moment) => {
    await killedAfter(moment, async (pid) => killTree(pid, await line.daemon()))
    let ran = await line.run(['apply', threeClouds, ...clouds])
    const left = namedLeftovers(documentOf(ran))
    const unknown = await unknownObjects(line, 'seoul-mesh')
    report(`all killed after ${moment} ms: then exit ${ran.code}, ${unknown.length} objects that no state knows, ${left.length} named`)
    for (const leftover of left) {
      const object = objectOf(leftover, line.objects().filter(({ type, id }) => unknown.includes(`${type} ${id}`)))
      if (object === undefined) continue
      const adopted = await line.run(['adopt', threeClouds, leftover.stack, `${leftover.type}.${leftover.name}`, object.id, '--simulated', '--json'])
      expect(adopted, adopted.stderr).toMatchObject({ code: 0 })
      unknown.splice(unknown.indexOf(`${object.type} ${object.id}`), 1)
    }
    expect(unknown).toEqual([])
    if (left.length > 0) ran = await line.run(['apply', threeClouds, ...clouds, '--accept-leftovers'])
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    expect(tunnelStates(documentOf(ran))).toEqual({ up: 10 })
    expect(await unknownObjects(line, 'seoul-mesh')).toEqual([])
  })
})
