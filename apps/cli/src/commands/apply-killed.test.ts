import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { killTree } from '../../../../tests/process-tree.fixture.ts'
import { randomNumbers } from '../../../../tests/random.fixture.ts'
import { CommandLine, documentOf, installTime, listOf, outcomes, threeClouds, tunnelStates } from '../testing/command-line.fixture.ts'
import { unknownObjects } from '../testing/known-objects.fixture.ts'
import { namedLeftovers, objectOf, type NamedLeftover } from '../testing/leftovers.fixture.ts'

/** How often the command is killed: few times in a quick run; set ISTHMUS_KILLS=30 for many, at moments that differ each time. */
const asked = process.env['ISTHMUS_KILLS']
const kills = Number(asked ?? 3)
const treeKills = asked === undefined ? 0 : Math.ceil(kills / 3)
const seed = Number(process.env['ISTHMUS_SEED'] ?? (asked === undefined ? 1 : Date.now() % 1_000_000))
const random = randomNumbers(seed)

/** Two sites in a quick run. A moment is a line of progress, of which an apply writes so many, and a time after it. */
const [progress, tunnels] = asked === undefined ? [44, 2] : [90, 10]
const longestWait = 400
const twoClouds = `name: seoul-mesh
sites:
  azure-seoul: { cloud: azure, region: koreacentral, cidr: 10.20.0.0/16 }
  gcp-seoul: { cloud: gcp, region: asia-northeast3, cidr: 10.30.0.0/16 }
`

const clouds = ['--simulated', '--speed', 'Infinity', '--json']

let line: CommandLine
let file: string

beforeAll(async () => {
  report(`seed ${seed}: ${kills} kills of the command, ${treeKills + 1} of all that it started`)
  await (await CommandLine.open()).close()
}, installTime)

afterEach(() => line.close())

interface Moment {
  readonly line: number
  readonly wait: number
}

/** One moment in each of so many equal parts of an apply. */
function moments(count: number): Moment[] {
  return Array.from({ length: count }, (_, index) => ({ line: Math.floor(((index + random()) / count) * progress), wait: Math.round(random() * longestWait) }))
}

function report(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Adopts what the findings name and the clouds hold, as a person would. Returns what is unknown and was not named. */
async function adoptNamed(named: readonly NamedLeftover[], unknown: readonly string[]): Promise<string[]> {
  const left = new Set(unknown)
  for (const leftover of named) {
    const object = objectOf(leftover, line.objects(), left)
    if (object === undefined) continue
    const ran = await line.run(['adopt', file, leftover.stack, `${leftover.type}.${leftover.name}`, object.id, '--simulated', '--json'])
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    left.delete(`${object.type} ${object.id}`)
  }
  return [...left]
}

async function killedAfter(moment: Moment, kill: (pid: number) => Promise<void> | void): Promise<void> {
  line = await CommandLine.open()
  file = asked === undefined ? line.write('order.yaml', twoClouds) : threeClouds
  const running = line.start(['apply', file, '--simulated', '--speed', '1000'])
  await running.lines(moment.line)
  await Promise.race([sleep(moment.wait), running.ended])
  if (running.child.pid !== undefined && running.child.exitCode === null) await kill(running.child.pid)
  await running.ended
}

describe('isthmus apply', () => {
  it.each(moments(kills))('killed $wait ms after line $line, is finished by the next one', async (moment) => {
    await killedAfter(moment, (pid) => void process.kill(pid, 'SIGKILL'))
    const ran = await line.run(['apply', file, ...clouds])
    const unknown = await unknownObjects(line, 'seoul-mesh')
    report(`killed ${moment.wait} ms after line ${moment.line}: then exit ${ran.code}, ${unknown.length} objects that no state knows`)
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    expect(tunnelStates(documentOf(ran))).toEqual({ up: tunnels })
    expect(listOf(documentOf(ran), 'findings')).toEqual([])
    expect(unknown).toEqual([])
  })

  it.runIf(process.platform === 'linux').each(moments(treeKills))('killed $wait ms after line $line with all that it started, leaves nothing that the next one does not know or name', async (moment) => {
    await killedAfter(moment, async (pid) => killTree(pid, await line.daemon()))
    let ran = await line.run(['apply', file, ...clouds])
    const left = namedLeftovers(documentOf(ran))
    const unknown = await unknownObjects(line, 'seoul-mesh')
    report(`all killed ${moment.wait} ms after line ${moment.line}: then exit ${ran.code}, ${unknown.length} objects that no state knows, ${left.length} named`)
    expect(await adoptNamed(left, unknown)).toEqual([])
    if (left.length > 0) ran = await line.run(['apply', file, ...clouds, '--accept-leftovers'])
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    expect(tunnelStates(documentOf(ran))).toEqual({ up: tunnels })
    expect(await unknownObjects(line, 'seoul-mesh')).toEqual([])
  })

  it.runIf(process.platform === 'linux')('killed with OpenTofu, adopts what it finished, holds back what it had begun, and goes on once that is adopted', async () => {
    line = await CommandLine.open()
    file = line.write('order.yaml', twoClouds)
    // At this speed the gateway, begun after the addresses, takes six seconds.
    const running = line.start(['apply', file, '--simulated', '--speed', '300'])
    await running.says('azurerm_public_ip.azure-seoul--1 created')
    await running.says('azurerm_public_ip.azure-seoul--0 created')
    await sleep(500)
    killTree(running.child.pid ?? 0, await line.daemon())
    await running.ended

    const held = await line.run(['apply', file, ...clouds])
    expect(held).toMatchObject({ code: 3, stderr: expect.stringMatching(/adopted azurerm_public_ip\.azure-seoul--[01],/) })
    expect(outcomes(documentOf(held))).toMatchObject({ 'gateway-azure-seoul': 'failed', 'link-azure-seoul--gcp-seoul': 'skipped' })
    const left = namedLeftovers(documentOf(held)).filter(({ type }) => type === 'azurerm_virtual_network_gateway')
    expect(left).toEqual([{ stack: 'gateway-azure-seoul', type: 'azurerm_virtual_network_gateway', name: 'azure-seoul' }])
    expect(await adoptNamed(namedLeftovers(documentOf(held)), await unknownObjects(line, 'seoul-mesh'))).toEqual([])

    const ran = await line.run(['apply', file, ...clouds])
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    expect(tunnelStates(documentOf(ran))).toEqual({ up: 2 })
    expect(await unknownObjects(line, 'seoul-mesh')).toEqual([])
  })
})
