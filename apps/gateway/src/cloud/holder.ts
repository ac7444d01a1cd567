import type { Context } from 'hono'
import { Problem } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import type { CloudCatalogue } from './catalogue.ts'

/** @throws Problem HEADER_INVALID for a credential holder nobody knows, with those there are */
export function requireHolder(holder: string, { holders }: CloudCatalogue): void {
  if (holders.includes(holder)) return
  throw new Problem('HEADER_INVALID', `x-credential-holder: there are no credentials of ${holder}; use ${holders.join(' or ')}, or make the folder ${holder} in secretsFolder, with one file per variable, and start the gateway again`)
}

/** The credential holder that a client names; undefined where it names none. @throws Problem HEADER_INVALID for one nobody knows */
export function holderAsked(context: Context<ServiceEnv>, clouds: CloudCatalogue): string | undefined {
  if (!context.req.header('x-credential-holder')) return undefined
  const { holder } = context.var
  requireHolder(holder, clouds)
  return holder
}
