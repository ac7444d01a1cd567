import { test } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import { writeFileSync } from 'node:fs'
import { startSimulator, clouds } from './index.ts'
import { toyCloud } from './testing/toy-cloud.ts'
test('serve', async () => {
  const s = await startSimulator({ home: '/tmp/f-home', speed: Infinity, clouds: [...clouds, toyCloud], providers: [] })
  writeFileSync('/tmp/f-reattach', s.reattach)
  await delay(90_000)
  await s.close()
}, 100_000)
