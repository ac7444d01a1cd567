import { readObjects } from '@isthmus/simulator'
import { expect } from 'vitest'
import { z } from 'zod'
import type { GatewayClient, ShownRun } from '../testing/gateway-client.fixture.ts'

/** A resource of a stack that may be there without being known. */
export interface NamedLeftover {
  readonly stack: string
  readonly address: string
}

const named = z.object({ findings: z.array(z.object({ code: z.literal('LEFTOVER_POSSIBLE'), facts: z.object({ stack: z.string(), address: z.string() }) })).min(1) })

/** What the findings of a run name. */
export function leftoversOf({ error }: ShownRun): NamedLeftover[] {
  return named.parse(error).findings.map(({ facts }) => facts)
}

/** What a person who has looked says of them: of each the object that is of its type and called like it. */
export function adoptionOf(clouds: string, leftovers: readonly NamedLeftover[]): (NamedLeftover & { readonly id: string })[] {
  return leftovers.flatMap((leftover) => {
    const [type = '', name = ''] = leftover.address.split('.')
    const found = readObjects(clouds).find((object) => object.type === type && JSON.stringify(object.attributes).includes(`-${name}"`))
    return found ? [{ ...leftover, id: found.id }] : []
  })
}

/** Does a run again, and waits for it. */
export async function retried(client: GatewayClient, run: string, choice: object): Promise<ShownRun> {
  const answer = await client.ask('POST', `/isthmus/v1/runs/${run}/retry`, { body: choice })
  expect(answer).toMatchObject({ status: 202 })
  return client.ended(z.object({ run: z.object({ id: z.string() }) }).parse(answer.body).run.id)
}
