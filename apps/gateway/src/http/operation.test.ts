import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { poster } from '../testing/api.fixture.ts'
import { nothing } from './operation.ts'

const end = z.union([z.object({ vNetId: z.string() }), z.object({ csp: z.string(), vnet: z.string() })])
const made = z.union([z.object({ name: z.string(), id: z.string() }), z.object({ name: z.string(), subnets: z.array(z.object({ cidr: z.string() })).default([]) })])

const post = poster((api) => api
  .add({ id: 'link', method: 'post', paths: ['/link'], tag: 'Test', scope: 'read', summary: 'Link', params: nothing, query: z.object({ option: z.enum(['IdList', 'InfoList']).default('IdList') }), body: z.object({ size: z.int().default(1), end: end.optional() }), answers: { 200: z.unknown() } },
    async ({ query, body }) => ({ status: 200, body: { ...query, ...body } }))
  .add({ id: 'make', method: 'post', paths: ['/make'], tag: 'Test', scope: 'read', summary: 'Make', params: nothing, query: nothing, body: made, answers: { 200: z.unknown() } },
    async ({ body }) => ({ status: 200, body })))

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
    ['/link', { end: {} }, 'end.vNetId: Invalid input: expected string, received undefined'],
    ['/link', { end: { vNetId: 5, csp: 'a' } }, 'end.vNetId: Invalid input: expected string, received number'],
    ['/make', {}, 'name: Invalid input: expected string, received undefined'],
    ['/make', { name: 'a', subnets: [{}] }, 'subnets[0].cidr: Invalid input: expected string, received undefined'],
  ])('at %s says what %j lacks of the shape it is most like', async (path, body, said) => {
    expect(await post(path, body)).toEqual({ status: 400, body: { message: `code=400, message=Unmarshal type error: ${said}` } })
  })
})
