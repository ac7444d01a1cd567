import { orderJsonSchema } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'

/** `isthmus schema`: the JSON Schema of an order, for editors. */
export function schema(known: KnownClouds): number {
  process.stdout.write(`${JSON.stringify(orderJsonSchema(known.providers), null, 2)}\n`)
  return exitCode.success
}
