import { join } from 'node:path'
import type { ResourceView } from '@isthmus/core'
import { findDaemon } from '@isthmus/simulator'
import { locateTofu, masterSecret, OrderWorkspace } from '@isthmus/tofu'
import { providers } from '../providers.ts'
import type { CommandLine } from './command-line.fixture.ts'

/** Everything that the states of an order hold, as the clouds show it. */
async function resourcesOf(line: CommandLine, order: string): Promise<ResourceView[]> {
  const daemon = await findDaemon(line.clouds)
  if (!daemon) throw new Error('the simulated clouds are gone')
  const workspace = new OrderWorkspace(order, {
    home: join(line.home, 'simulated', 'orders'),
    binary: await locateTofu(),
    master: await masterSecret(line.home, {}),
    providers,
    environment: { TF_REATTACH_PROVIDERS: daemon.reattach },
    simulated: true,
  })
  return workspace.read()
}

/** Objects of the simulated clouds that no state of the order knows. */
export async function unknownObjects(line: CommandLine, order: string): Promise<string[]> {
  const known = new Set((await resourcesOf(line, order)).map((view) => `${view.type} ${String(view.values['id'])}`))
  return line.objects().map((object) => `${object.type} ${object.id}`).filter((object) => !known.has(object)).sort()
}
