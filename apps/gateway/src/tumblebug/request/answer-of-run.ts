import { z } from 'zod'
import type { Infras } from '../../infra/infras.ts'
import type { Run } from '../../runs/index.ts'
import type { Vnets } from '../../vnet/vnets.ts'
import type { Vpns } from '../../vpn/vpns.ts'
import type { InfraAnswers } from '../infra/infra-answers.ts'
import type { VnetAnswers } from '../vnet/vnet-answers.ts'
import { vpnInfoOf } from '../vpn/vpn-answers.ts'

/** What answers are made from. */
export interface AnswerParts {
  readonly vnets: Vnets
  readonly vpns: Vpns
  readonly infras: Infras
  readonly answers: VnetAnswers
  readonly infraAnswers: InfraAnswers
}

const payload = z.object({ namespace: z.string(), vnet: z.string().optional(), vpn: z.string().optional(), infra: z.string().optional() })

/**
 * What a request would have been answered whose gateway is gone, from the run that did its work: the thing as it is now, a sentence
 * where it was to go. Undefined when neither can be told.
 */
export async function answerOfRun({ vnets, vpns, infras, answers, infraAnswers }: AnswerParts, run: Run, url: string): Promise<unknown> {
  const about = payload.safeParse(run.payload).data
  if (run.kind.endsWith('.remove')) return { message: `${run.target} has been deleted` }
  if (about?.vnet !== undefined) return found(vnets.get(about.namespace, about.vnet), (stored) => answers.vnet(stored))
  if (about?.vpn !== undefined) return found(vpns.get(about.namespace, about.vpn), (stored) => vpnInfoOf(stored, answers))
  if (about?.infra === undefined) return undefined
  const known = await vnets.list(about.namespace)
  return found(infras.get(about.namespace, about.infra), (stored) => infraAnswers.infra(stored, known, url.includes('/mci')))
}

async function found<T>(looked: Promise<T>, shown: (stored: T) => unknown): Promise<unknown> {
  const stored = await looked.catch(() => undefined)
  return stored === undefined ? undefined : shown(stored)
}
