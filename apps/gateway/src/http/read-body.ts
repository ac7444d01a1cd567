import type { Context } from 'hono'
import { fairTurn } from '../turn/fair-turn.ts'
import { parseJson } from './json-text.ts'
import { isProblem, Problem } from './problem.ts'

/** Bytes of a body: 2,000 subnets take 150 KiB. */
export const largestBody = 1024 * 1024

/**
 * Reads the JSON body of a request. Nothing beyond the limit is kept in memory.
 *
 * @param emptyIsObject whether no body counts as an empty object, as with the peers
 * @throws Problem BODY_TOO_LARGE, MEDIA_TYPE, BODY_UNREADABLE
 */
export async function readJson(context: Context, { emptyIsObject }: { readonly emptyIsObject: boolean }): Promise<unknown> {
  const length = Number(context.req.header('content-length') ?? '0')
  if (length > largestBody) throw tooLarge()
  const encoding = context.req.header('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw new Problem('MEDIA_TYPE', `the body is encoded with ${encoding}; send it as it is`)
  const text = await readText(context.req.raw.body)
  const type = context.req.header('content-type')
  if (text !== '' && type !== undefined && !/^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i.test(type)) throw new Problem('MEDIA_TYPE', `the body is ${type}; send application/json`)
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type ?? '')?.[1] ?? 'utf-8'
  if (!/^(?:utf-?8|us-ascii)$/i.test(charset)) throw new Problem('MEDIA_TYPE', `the body is in ${charset}; send UTF-8`)
  if (text.trim() === '' && !emptyIsObject) throw new Problem('BODY_UNREADABLE', 'the body is missing; send JSON')
  return parseJson(text)
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (!body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.byteLength
      if (size > largestBody) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    throw isProblem(error) ? error : new Problem('BODY_UNREADABLE', 'the body ends too early', { cause: error })
  }
  // Many bodies that arrive at once are looked into one after another.
  await fairTurn()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    throw new Problem('BODY_UNREADABLE', 'the body is not valid UTF-8', { cause: error })
  }
}

function tooLarge(): Problem {
  return new Problem('BODY_TOO_LARGE', `the body is larger than ${largestBody / 1024} KiB`)
}
