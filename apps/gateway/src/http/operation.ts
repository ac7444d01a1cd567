import { STATUS_CODES } from 'node:http'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { fairTurn } from '../turn/fair-turn.ts'
import { FewAtATime } from '../turn/few-at-a-time.ts'
import { requireScope, type Scope } from './authentication.ts'
import { foldKeys } from './fold-keys.ts'
import { misspelt } from './misspelt.ts'
import { parseValue } from './parse-value.ts'
import { isProblem, Problem } from './problem.ts'
import { readJson } from './read-body.ts'
import type { ServiceEnv } from './service-env.ts'

/** Methods that operations use. */
export type Method = 'get' | 'post' | 'put' | 'delete'

/** One operation of an API: the source of its validation, its types and its page in the OpenAPI document. */
export interface Operation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends Answers> {
  /** Unique name, also of the metric: `createVnet`. */
  readonly id: string
  readonly method: Method
  /** Paths in OpenAPI spelling, one per spelling that clients use: `/ns/{nsId}/infra/{infraId}/vpn`. */
  readonly paths: readonly string[]
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** What a caller must be allowed; `open` needs no credentials. */
  readonly scope: Scope | 'open'
  /** Headers that it reads, for the page of the API only: nothing is checked by them. */
  readonly headers?: z.ZodObject
  /** Parameters of the path; those it leaves out are any text. {@link nothing} where none matter. */
  readonly params: P
  readonly query: Q
  /** {@link noBody} where none is read. */
  readonly body: B
  /** Bodies by status; the errors of the API are documented for all. */
  readonly answers: A
  /** Answers can be megabytes, so few of them are made at a time: side by side none would be done sooner, and all take memory. Only for what reads and waits for nobody. */
  readonly isLarge?: boolean
  /** Media type of what it answers when all goes well; JSON where it is left out. */
  readonly mediaType?: string
}

/** Enough that one waits for the store while another is made. */
const largeAnswers: FewAtATime = new FewAtATime(3)

/** Schemas of bodies by status. */
export type Answers = Readonly<Partial<Record<ContentfulStatusCode, z.ZodType>>>

/** Parameters or query of an operation that has none. */
export const nothing: z.ZodObject<Record<never, never>> = z.object({})
/** Body of an operation that reads none. */
export const noBody: z.ZodUndefined = z.undefined()

/** What a handler works with. */
export interface Request<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly params: z.output<P>
  readonly query: z.output<Q>
  readonly body: z.output<B>
  readonly context: Context<ServiceEnv>
}

/** What a handler answers: one of the declared statuses with its body, or a response of its own, such as an event stream. */
export type Answer<A extends Answers> = { readonly [S in keyof A & ContentfulStatusCode]: { readonly status: S; readonly body: BodyOf<A[S]>; readonly headers?: Readonly<Record<string, string>> } }[keyof A & ContentfulStatusCode] | Response

type BodyOf<S> = S extends z.ZodType ? z.input<S> : never

/** Answers an operation. */
export type Handler<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends Answers> = (request: Request<P, Q, B>) => Promise<Answer<A>>

/** How one API reads bodies and speaks of errors. */
export interface Dialect {
  /** What the API is called where all of them are listed. */
  readonly title: string
  /** Whether keys match in any case, unknown keys are ignored, and what is `null` in a body or empty in a query is absent. */
  readonly lenient: boolean
  /** Schema of an error's body. */
  readonly error: z.ZodType
  /** Media type of an error. */
  readonly errorType: string
  /** Statuses that every operation may answer with besides its own. */
  readonly errors: readonly number[]
}

/** What readers of the OpenAPI document can send at once. */
export interface Examples {
  /** Bodies by the id of their operation and by what each is for. */
  readonly bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Values of parameters by name. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Registers operations of one API: their routes, and their part of the OpenAPI document. */
export class Api {
  readonly #app: OpenAPIHono<ServiceEnv>
  readonly #base: string
  readonly #dialect: Dialect
  readonly #open: Set<string>
  readonly #examples: Examples

  /**
   * @param base beginning of all paths: `/tumblebug`
   * @param open filled with the operations that need no credentials, as `get /tumblebug/readyz`
   */
  constructor(app: OpenAPIHono<ServiceEnv>, base: string, dialect: Dialect, open: Set<string>, examples: Examples = { bodies: {}, parameters: {} }) {
    this.#app = app
    this.#base = base
    this.#dialect = dialect
    this.#open = open
    this.#examples = examples
  }

  /** Adds an operation. All of its paths are documented, and those after the first as other spellings of it. */
  add<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends Answers>(operation: Operation<P, Q, B, A>, handler: Handler<P, Q, B, A>): this {
    for (const [index, path] of operation.paths.entries()) {
      const full = `${this.#base}${path}`
      const route = full.replaceAll(/\{(\w+)\}/g, ':$1')
      if (operation.scope === 'open') this.#open.add(`${operation.method} ${full}`)
      this.#app.on(operation.method.toUpperCase(), route, (context) => this.#answer(operation, handler, context))
      this.#document(operation, full, index)
    }
    return this
  }

  async #answer<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends Answers>(operation: Operation<P, Q, B, A>, handler: Handler<P, Q, B, A>, context: Context<ServiceEnv>): Promise<Response> {
    const { caller } = context.var
    if (operation.scope !== 'open' && caller) requireScope(caller, operation.scope)
    return operation.isLarge ? largeAnswers.run(() => this.#make(operation, handler, context)) : this.#make(operation, handler, context)
  }

  async #make<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends Answers>(operation: Operation<P, Q, B, A>, handler: Handler<P, Q, B, A>, context: Context<ServiceEnv>): Promise<Response> {
    const { params, query, body } = operation
    const sent = readsBody(operation) ? await this.#json(body, context) : undefined
    const answer = await asking(body, sent, async () => handler({
      params: parseValue(params, context.req.param(), 'PARAMETER_INVALID', 'path'),
      query: parseValue(query, this.#dialect.lenient ? givenOf(context.req.query()) : context.req.query(), 'PARAMETER_INVALID', 'query'),
      body: parseValue(body, sent, 'BODY_INVALID', ''),
      context,
    }))
    if (answer instanceof Response) return answer
    // A list can be megabytes of text.
    await fairTurn()
    return context.body(JSON.stringify(answer.body), answer.status, { 'content-type': 'application/json', ...answer.headers })
  }

  async #json(schema: z.ZodType, context: Context<ServiceEnv>): Promise<unknown> {
    const value = await readJson(context, { emptyIsObject: this.#dialect.lenient || needsNothing(schema) })
    context.set('body', value)
    return this.#dialect.lenient ? foldKeys(schema, value ?? {}) : value
  }

  #document(operation: Operation<z.ZodObject, z.ZodObject, z.ZodType, Answers>, path: string, index: number): void {
    const { title, error, errorType, errors } = this.#dialect
    const { bodies, parameters } = this.#examples
    const content = (schema: z.ZodType, type = 'application/json') => ({ [type]: { schema } })
    const description = [index === 0 ? '' : `Another spelling of \`${this.#base}${operation.paths[0]}\`.`, operation.description ?? ''].filter(Boolean).join(' ')
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    this.#app.openAPIRegistry.registerPath({
      method: operation.method,
      path,
      operationId: index === 0 ? operation.id : `${operation.id}${index + 1}`,
      tags: [`${title}: ${operation.tag}`],
      summary: operation.summary,
      ...(description === '' ? {} : { description }),
      security: operation.scope === 'open' ? [] : [{ basic: [] }, { bearer: [] }],
      request: {
        params: z.object(Object.fromEntries(names.map((name) => [name, (operation.params.shape[name] ?? z.string()).meta({ param: { example: parameters[name] } })]))),
        query: operation.query,
        ...(operation.headers === undefined ? {} : { headers: operation.headers }),
        ...(readsBody(operation) ? { body: { required: !needsNothing(operation.body), content: { 'application/json': { schema: operation.body, examples: namedExamples(bodies[operation.id]) } } } } : {}),
      },
      responses: {
        ...Object.fromEntries(errors.map((status) => [status, { description: STATUS_CODES[status] ?? 'Error', content: content(error, errorType) }])),
        ...Object.fromEntries(Object.entries(operation.answers).map(([status, schema]) => [status, { description: STATUS_CODES[status] ?? 'Answer', content: content(schema, operation.mediaType) }])),
      },
    })
  }
}

/** Asks whoever is refused what fields mean that nobody reads. */
async function asking<T>(schema: z.ZodType, sent: unknown, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const questions = isProblem(error) && ['BODY_INVALID', 'PARAMETER_INVALID', 'FINDINGS'].includes(error.code) ? misspelt(schema, sent) : []
    throw isProblem(error) && questions.length > 0 ? new Problem(error.code, [error.message.replace(/\.$/, ''), ...questions].join('; '), error.detail) : error
  }
}

function namedExamples(bodies: Readonly<Record<string, unknown>> = {}): Record<string, { readonly value: unknown }> {
  return Object.fromEntries(Object.entries(bodies).map(([purpose, value]) => [purpose, { value }]))
}

function readsBody(operation: Pick<Operation<z.ZodObject, z.ZodObject, z.ZodType, Answers>, 'body'>): boolean {
  return operation.body !== noBody
}

/** Whether a body may be left out: an object all of whose members may be. */
function needsNothing(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && schema.safeParse({}).success
}

/** Parameters that say something. */
function givenOf(query: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
}
