import type { Context } from 'hono'
import { Problem } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { defaultHolder, type CloudCatalogue } from './catalogue.ts'

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

/**
 * The connection that a client means: one without the name of a holder in it is that of the holder whom the client names. The default
 * holder says nothing, because clients that know of no other send it with everything.
 *
 * @throws Problem PARAMETER_INVALID for a connection of somebody else
 */
export function connectionAsked(name: string, holder: string, clouds: CloudCatalogue): string {
  const named = clouds.connection(name)
  if (!named || holder === defaultHolder || named.holder === holder) return name
  const own = clouds.connections(holder).find(({ cloud, region }) => cloud === named.cloud && region === named.region)?.name ?? name
  if (named.holder === defaultHolder) return own
  throw new Problem('PARAMETER_INVALID', `connectionName: ${name} belongs to the credential holder ${named.holder}, and x-credential-holder says ${holder}; name ${own}, or send x-credential-holder: ${named.holder}`)
}
