import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { root } from './bootstrap.mjs'

it('nothing is exported, kept or depended on without a user', async () => {
  const args = [join(root, 'node_modules/knip/bin/knip.js'), '--no-progress', '--no-config-hints']
  const said = await promisify(execFile)(process.execPath, args, { cwd: root }).then(() => '', ({ stdout, stderr }) => stdout + stderr)
  expect(said).toBe('')
})
