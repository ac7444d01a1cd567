import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { exitCode } from './exit-code.ts'

const command = fileURLToPath(new URL('../bin/isthmus.mjs', import.meta.url))
const badOrder = fileURLToPath(new URL('../../../examples/bad/order.yaml', import.meta.url))

it('goes on quietly when nobody reads its output any more', async () => {
  const child = spawn(process.execPath, [command, 'validate', badOrder], { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect({ code, stderr }).toEqual({ code: exitCode.refused, stderr: '' })
})
