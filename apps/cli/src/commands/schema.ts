import { orderJsonSchema } from '@isthmus/core'
import { exitCode } from '../exit-code.ts'
import { providers } from '../providers.ts'

/** `isthmus schema`: the JSON Schema of an order, for editors. */
export function schema(): number {
  process.stdout.write(`${JSON.stringify(orderJsonSchema(providers), null, 2)}\n`)
  return exitCode.success
}
