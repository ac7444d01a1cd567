import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { Problem } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { globalScope } from '../namespace/namespace.ts'
import type { RequestKey, Run, Runs } from '../runs/index.ts'
import { isOutage, isStoreError, type Store, type Stored, type StoredKey } from '../store/index.ts'
import { redactHeaders, redactValue } from './redact.ts'
import { trackedRequestKind, type TrackedRequest } from './tracked-request.ts'

/** How long and how many requests are remembered, as with the peers. */
const keptFor = 60 * 60 * 1000
const mostKept = 1000
/** What is kept beyond that is cleared away after a minute, and after so many requests. */
const tidyEvery = { milliseconds: 60 * 1000, requests: 100 } as const
/** Requests that are read at a time for a list: together they may be large. */
const readTogether = 20
/** Milliseconds between attempts to write down an end while the database is away. */
const patience = 1_000
const [accepted, unavailable] = [202, 503]
/** Characters of what is remembered, as JSON: room for a VPN with all its resources, for which clients come back. `list` is for all bodies and answers of one list. */
const longest = { each: 100_000, list: 10_000_000 } as const

/** What is said of a request whose gateway is gone and that no run was begun for. */
const unanswered = 'the gateway ended before it answered, and began no run for this request; look whether what was asked is done, and send it again if not'

/** A body as it is kept: without its secrets, and not when it is very long. */
function remembered(body: unknown): unknown {
  const kept = redactValue(body)
  const { length } = JSON.stringify(kept)
  return length > longest.each ? `[${length} characters are not kept]` : kept
}

/** What a client would have been answered whose run is done. */
export type AnswerOfRun = (run: Run, url: string) => Promise<unknown>

/** What is asked of {@link RequestTracking.list}. */
export interface RequestFilter {
  readonly status?: string | undefined
  readonly method?: string | undefined
  /** Part of the URL. */
  readonly url?: string | undefined
  /** Minutes back. */
  readonly minutes?: number | undefined
  readonly source?: string | undefined
}

const notListed = '[too much for a list; ask for the request by its id]'

function isAskedFor({ status, method, url, header }: TrackedRequest, asked: RequestFilter): boolean {
  return (asked.status === undefined || status.toLowerCase() === asked.status.toLowerCase())
    && (asked.method === undefined || method === asked.method.toUpperCase())
    && (asked.url === undefined || url.toLowerCase().includes(asked.url.toLowerCase()))
    && (asked.source === undefined || header['x-request-source'] === asked.source)
}

/** Remembers requests, so that a client that lost its connection finds the answer under the id it sent. */
export class RequestTracking {
  readonly #store: Store
  readonly #runs: Runs
  readonly #now: () => Date
  #tidied = 0
  #begunSince = 0
  #isTidying = false

  constructor(store: Store, runs: Runs, now: () => Date) {
    this.#store = store
    this.#runs = runs
    this.#now = now
  }

  /** @param skips requests that are not worth remembering */
  middleware(skips: (method: string, path: string) => boolean): MiddlewareHandler<ServiceEnv> {
    return async (context, next) => {
      if (skips(context.req.method, context.req.path)) return next()
      const { requestId } = context.var
      const request: RequestKey = { gateway: this.#runs.gateways.name, key: randomUUID() }
      const known = await this.#begin(requestId, {
        ...request,
        startTime: this.#now().toISOString(),
        status: 'Handling',
        method: context.req.method,
        url: `${context.req.path}${new URL(context.req.url).search}`,
        header: redactHeaders({ ...context.req.header(), 'x-request-id': requestId }),
        body: null,
        responseData: null,
        errorResponse: '',
      })
      context.set('requestKey', request)
      await next()
      const failed = context.res.status >= 400
      const answer: unknown = context.res.headers.get('content-type')?.includes('json') ? await context.res.clone().json() : null
      await this.#end(known, {
        ...known.doc,
        ...(await this.#goesOn(request, context.res.status) ? { gateway: '' } : { endTime: this.#now().toISOString(), status: failed ? 'Error' as const : 'Success' as const }),
        body: remembered(context.get('body') ?? null),
        responseData: failed ? null : remembered(answer),
        errorResponse: failed ? String(Object(answer)['message'] ?? Object(answer)['detail'] ?? context.res.status) : '',
      })
    }
  }

  /** A request by its id; one whose gateway died tells what its run came to. @param answerOf what its client would have been answered */
  async get(id: string, answerOf?: AnswerOfRun): Promise<TrackedRequest | undefined> {
    const found = await this.#store.records.get(trackedRequestKind, globalScope, id)
    return found && this.#current(found.doc, answerOf)
  }

  /** Newest first. Bodies and answers are left out once they are too many: each can be had by its id. */
  async list(filter: RequestFilter, answerOf?: AnswerOfRun): Promise<{ readonly id: string; readonly request: TrackedRequest }[]> {
    const since = filter.minutes === undefined ? 0 : this.#now().getTime() - filter.minutes * 60_000
    const listed: { readonly id: string; readonly request: TrackedRequest }[] = []
    let room: number = longest.list
    const keys = (await this.#keys()).slice(0, mostKept)
    for (let index = 0; index < keys.length; index += readTogether) {
      const read = await Promise.all(keys.slice(index, index + readTogether).map(async ({ id }) => ({ id, request: await this.get(id, answerOf) })))
      for (const { id, request } of read) {
        if (!request || Date.parse(request.startTime) < since || !isAskedFor(request, filter)) continue
        room -= JSON.stringify([request.body, request.responseData]).length
        listed.push({ id, request: room < 0 ? { ...request, body: notListed, responseData: notListed } : request })
      }
    }
    return listed.sort((a, b) => (a.request.startTime < b.request.startTime ? 1 : -1))
  }

  /** @returns false when there is none of that id */
  async remove(id: string): Promise<boolean> {
    const found = await this.#store.records.get(trackedRequestKind, globalScope, id)
    if (found) await this.#store.records.remove(trackedRequestKind, found)
    return found !== undefined
  }

  async removeAll(): Promise<void> {
    for (const key of await this.#keys()) await this.#forget(key)
  }

  /** Whether its run tells how a request ends: it was not waited for, or what could not be answered may have been done all the same. */
  async #goesOn({ key }: RequestKey, status: number): Promise<boolean> {
    return status === unavailable || (status === accepted && (await this.#runs.ofRequest(key)) !== undefined)
  }

  async #begin(id: string, request: TrackedRequest): Promise<Stored<TrackedRequest>> {
    this.#begunSince += 1
    const isDue = this.#now().getTime() - this.#tidied >= tidyEvery.milliseconds || this.#begunSince >= tidyEvery.requests
    if (isDue && !this.#isTidying) void this.#tidy()
    try {
      return await this.#store.records.insert(trackedRequestKind, globalScope, id, request)
    } catch (error) {
      if (isStoreError(error) && error.code === 'RECORD_EXISTS') throw new Problem('CONFLICT', `the x-request-id ${id} was used already; send another one, or get its answer with GET /tumblebug/request/${id}`)
      throw error
    }
  }

  /** The answer is what counts; a request whose record was deleted in the meantime has none to change, and nobody waits until the database is back. */
  async #end(begun: Stored<TrackedRequest>, request: TrackedRequest): Promise<void> {
    await this.#store.records.update(trackedRequestKind, begun, request).catch((error: unknown) => {
      if (!isStoreError(error)) throw error
      if (isOutage(error)) setTimeout(() => void this.#end(begun, request).catch(() => undefined), patience).unref()
    })
  }

  /** Newest first. */
  async #keys(): Promise<Omit<Stored<TrackedRequest>, 'doc'>[]> {
    const keys = await this.#store.records.keys(trackedRequestKind, globalScope)
    return [...keys].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  }

  async #current(request: TrackedRequest, answerOf?: AnswerOfRun): Promise<TrackedRequest> {
    if (request.status !== 'Handling' || !(await this.#runs.gateways.isGone(request.gateway))) return request
    const run = await this.#runs.ofRequest(request.key)
    // Nobody saw the end.
    if (!run) return { ...request, endTime: request.startTime, status: 'Error', errorResponse: request.errorResponse || unanswered }
    if (run.endedAt === undefined) return request
    const done = run.state === 'done'
    return { ...request, endTime: run.endedAt, status: done ? 'Success' : 'Error', responseData: done ? redactValue((await answerOf?.(run, request.url)) ?? run.result ?? null) : null, errorResponse: done ? '' : (run.error?.message ?? 'the run failed') }
  }

  /** Nobody waits for it, and it has one request in memory at a time. What fails now is done the next time. */
  async #tidy(): Promise<void> {
    this.#isTidying = true
    const now = this.#now().getTime()
    this.#tidied = now
    this.#begunSince = 0
    await this.#clear(now).catch(() => undefined)
    this.#isTidying = false
  }

  async #clear(now: number): Promise<void> {
    for (const [index, key] of (await this.#keys()).entries()) {
      if (index < mostKept && now - Date.parse(key.updatedAt) <= keptFor) continue
      const endTime = (await this.get(key.id))?.endTime
      if (endTime !== undefined && (index >= mostKept || now - Date.parse(endTime) > keptFor)) await this.#forget(key)
    }
  }

  async #forget(key: StoredKey): Promise<void> {
    await this.#store.records.remove(trackedRequestKind, key).catch((error: unknown) => {
      if (!isStoreError(error)) throw error
    })
  }
}
