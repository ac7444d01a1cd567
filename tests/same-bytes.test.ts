import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { composeStacks } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { planned, sites } from './orders.ts'

const order = { name: 'three', sites: { india: sites.aws, zulu: sites.azure, alpha: sites.gcp, tango: sites.tgw }, topology: { hub: 'zulu' } }

/** Prints both cuts of the order in a process of its own. */
const script = `
  import { composeStacks, planOrder } from '@isthmus/core'
  import { aws } from '@isthmus/provider-aws'
  import { azure } from '@isthmus/provider-azure'
  import { gcp } from '@isthmus/provider-gcp'
  const plan = planOrder(JSON.parse(process.argv[1]), { providers: [aws, azure, gcp] })
  process.stdout.write(JSON.stringify(['parts', 'whole'].map((cut) => composeStacks(plan.name, plan.fragments, cut))))
`

describe('the stacks of an order', () => {
  // Turkish sorts and changes case in its own way; the Pacific has another day.
  it.each([
    { LANG: 'C', TZ: 'UTC' },
    { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
    { LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8', TZ: 'America/Adak' },
  ])('are the same bytes with %j', (env) => {
    const plan = planned(order)
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(order)], { cwd: fileURLToPath(new URL('.', import.meta.url)), env, encoding: 'utf8' })
    expect(text).toBe(JSON.stringify((['parts', 'whole'] as const).map((cut) => composeStacks(plan.name, plan.fragments, cut))))
  })
})
