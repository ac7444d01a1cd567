import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Attributes, SimulatedCloud } from '../behaviour/behaviour.ts'
import { Engine } from '../engine/engine.ts'
import { Session } from '../engine/session.ts'
import { Waiting } from '../engine/waiting.ts'
import { World } from '../engine/world.ts'
import { shape } from '../schema/shape.ts'

/** Objects by the name that the plan gives them. */
export type Made = Readonly<Record<string, Attributes>>

/** Name, type and configuration of each object, in the order of creation. */
export type Plan = readonly (readonly [name: string, type: string, config: (made: Made) => Attributes])[]

/** Id of an object that is made already. */
export function idOf(made: Made, name: string): unknown {
  return made[name]?.['id']
}

/** A cloud with everything in it that a plan makes. */
export interface AppliedPlan {
  readonly engine: Engine
  readonly session: Session
  readonly made: Made
}

/** Applies a plan as OpenTofu would, in a home that goes away with the test. */
export async function applied(cloud: SimulatedCloud, provider: Attributes, plan: Plan): Promise<AppliedPlan> {
  const home = mkdtempSync(join(tmpdir(), 'cloud-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const engine = new Engine(cloud, new World({ home, seed: 'seed', waiting: new Waiting({}, Infinity), readers: [] }))
  const session = new Session()
  session.provider = provider
  const made: Record<string, Attributes> = {}
  for (const [name, type, config] of plan) {
    const written = shape(engine.resource(type).attributes, config(made))
    expect(engine.validate(type, written), name).toEqual([])
    const { planned } = engine.plan(type, { config: written, prior: undefined }, session)
    const { state, errors } = await engine.create(type, planned, written, session)
    expect(errors, name).toEqual([])
    made[name] = state ?? {}
  }
  return { engine, session, made }
}

/** Tests that a cloud holds to what it made: nothing is left to do for a second plan, and all of it goes away again. */
export function itKeepsWhatItMade(cloud: SimulatedCloud, provider: Attributes, plan: Plan): void {
  it('fills everything that it computes, and has nothing to do in a second plan', async () => {
    const { engine, session, made } = await applied(cloud, provider, plan)
    for (const [name, type, config] of plan) {
      const state = made[name] ?? {}
      // What the engine's placeholders look like: a value that no behaviour filled.
      expect(JSON.stringify(state), name).not.toContain('"sim-')
      const shown = await engine.read(type, state, session)
      const { planned, replace } = engine.plan(type, { config: shape(engine.resource(type).attributes, config(made)), prior: shown ?? {} }, session)
      expect({ name, planned, replace }).toEqual({ name, planned: shown, replace: [] })
    }
  })

  it('goes away in the opposite order', async () => {
    const { engine, session, made } = await applied(cloud, provider, plan)
    for (const [name, type] of plan.toReversed()) expect((await engine.remove(type, made[name] ?? {}, session)).errors, name).toEqual([])
  })

  it('knows a schema for every behaviour and look-up', () => {
    const { behaviours, dataSources, schema } = cloud
    expect(Object.keys(behaviours).filter((type) => !schema.resources[type])).toEqual([])
    expect(Object.keys(dataSources ?? {}).filter((type) => !schema.dataSources[type])).toEqual([])
  })
}
