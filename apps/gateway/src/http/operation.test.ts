import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { poster } from '../testing/api.fixture.ts'
import { nothing } from './operation.ts'
import { Problem } from './problem.ts'

const end = z.union([z.object({ vNetId: z.string() }), z.object({ csp: z.string(), vnet: z.string() })])
const made = z.union([z.object({ name: z.string(), id: z.string() }), z.object({ name: z.string(), subnets: z.array(z.object({ cidr: z.string() })).default([]) })])

const checked = z.object({
  size: z.int().min(1).lt(9),
  kind: z.enum(['small', 'large']).optional(),
  only: z.literal('this').optional(),
  names: z.array(z.string().max(3)).min(1).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  strict: z.strictObject({ on: z.boolean() }).optional(),
  named: z.string().regex(/^a/, 'say it otherwise').optional(),
})

const post = poster((api) => api
  .add({ id: 'link', method: 'post', paths: ['/link'], tag: 'Test', scope: 'read', summary: 'Link', params: nothing, query: z.object({ option: z.enum(['IdList', 'InfoList']).default('IdList') }), body: z.object({ size: z.int().default(1), end: end.optional() }), answers: { 200: z.unknown() } },
    async ({ query, body }) => ({ status: 200, body: { ...query, ...body } }))
  .add({ id: 'make', method: 'post', paths: ['/make'], tag: 'Test', scope: 'read', summary: 'Make', params: nothing, query: nothing, body: made, answers: { 200: z.unknown() } },
    async ({ body }) => ({ status: 200, body }))
  .add({ id: 'check', method: 'post', paths: ['/check'], tag: 'Test', scope: 'read', summary: 'Check', params: nothing, query: nothing, body: checked, answers: { 200: z.unknown() } },
    async ({ body }) => ({ status: 200, body }))
  .add({ id: 'refuse', method: 'post', paths: ['/refuse'], tag: 'Test', scope: 'read', summary: 'Refuse', params: nothing, query: nothing, body: z.object({ cidrBlock: z.string().optional(), connectionName: z.string().optional(), subnetInfoList: z.array(z.string()).optional() }), answers: { 200: z.unknown() } }, async () => {
    throw new Problem('PARAMETER_INVALID', 'no block.')
  }))

describe('an operation of the lenient APIs', () => {
  it.each(['/link', '/link?option=', '/link?option'])('takes an empty parameter for one that is left out (%s)', async (path) => {
    expect(await post(path, {})).toEqual({ status: 200, body: { option: 'IdList', size: 1 } })
  })

  it('reads a parameter that is given', async () => {
    expect(await post('/link?option=InfoList', {})).toMatchObject({ body: { option: 'InfoList' } })
    expect((await post('/link?option=id', {})).status).toBe(400)
  })

  it('takes null for a body that is left out', async () => {
    expect(await post('/link', null)).toEqual({ status: 200, body: { option: 'IdList', size: 1 } })
    expect((await post('/link', [])).status).toBe(400)
  })

  it.each<[path: string, body: object, said: string]>([
    ['/link', { end: {} }, 'end.vNetId: it is missing; give a text'],
    ['/link', { end: { vNetId: 5, csp: 'a' } }, 'end.vNetId: give a text, not 5'],
    ['/make', {}, 'name: it is missing; give a text'],
    ['/make', { name: 'a', subnets: [{}] }, 'subnets[0].cidr: it is missing; give a text'],
    ['/make', { name: 'a', subnets: { cidr: '10.0.0.0/16' } }, 'subnets: give a list, not an object'],
  ])('at %s says what %j lacks of the shape it is most like', async (path, body, said) => {
    expect(await post(path, body)).toEqual({ status: 400, body: { message: `code=400, message=Unmarshal type error: ${said}` } })
  })

  it.each<[body: object, said: string]>([
    [{ size: 1.5 }, 'size: give a whole number, not 1.5'],
    [{ size: '1' }, 'size: give a number, not a text'],
    [{ size: 0 }, 'size: it must be at least 1'],
    [{ size: 9 }, 'size: it must be less than 9'],
    [{ size: 2, kind: 'big' }, 'kind: use small or large'],
    [{ size: 2, only: 'that' }, 'only: use this'],
    [{ size: 2, names: [] }, 'names: it must have at least 1 entry'],
    [{ size: 2, names: ['abcd', true] }, 'names[0]: it must have at most 3 characters; names[1]: give a text, not true'],
    [{ size: 2, tags: [] }, 'tags: give an object, not a list'],
    [{ size: 2, strict: { on: true, off: 1 } }, 'strict: there is no field off here'],
    [{ size: 2, named: 'x' }, 'named: say it otherwise'],
  ])('says what is wrong with %j in plain words', async (body, said) => {
    expect(await post('/check', body)).toEqual({ status: 400, body: { message: `code=400, message=Unmarshal type error: ${said}` } })
  })

  it.each<[path: string, body: object, said: string]>([
    ['/make', { nmae: 'a', subnets: [] }, 'name: it is missing; give a text; nmae is not read: is name meant?'],
    ['/make', { name: 'a', subnets: [{ cid: 'x' }] }, 'subnets[0].cidr: it is missing; give a text; subnets[0].cid is not read: is cidr meant?'],
    ['/refuse', { cidr: 'x', connection: 'y', subnets: [], other: 1 }, 'no block; cidr is not read: is cidrBlock meant?; connection is not read: is connectionName meant?; subnets is not read: is subnetInfoList meant?'],
    ['/refuse', { cidr: 'x', CIDRBLOCK: 'y' }, 'no block.'],
  ])('at %s asks what unknown fields of %j mean', async (path, body, said) => {
    expect((await post(path, body)).body).toMatchObject({ message: expect.stringMatching(new RegExp(`(?:^|: )${said.replaceAll(/[.?()[\]]/g, '\\$&')}$`)) })
  })

  it('does not look for long at what nobody wrote by hand', async () => {
    const { body } = await post('/refuse', { ...Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, index])), cidr: 'x' })
    expect(body).toEqual({ message: 'no block.' })
  })
})
