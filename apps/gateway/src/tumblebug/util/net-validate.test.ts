import { describe, expect, it } from 'vitest'
import { valueAt } from '../../../test/lab/gateway-lab.fixture.ts'
import { poster } from '../../testing/api.fixture.ts'
import { addNetValidate } from './net-validate.ts'

const post = poster(addNetValidate)
const validate = (networkConfiguration: unknown) => post('/util/net/validate', { networkConfiguration })
const tree = (cidrBlock: string, ...subnets: readonly (string | object)[]) => ({ cidrBlock, subnets: subnets.map((subnet) => (typeof subnet === 'string' ? { cidrBlock: subnet } : subnet)) })

describe('net validate', () => {
  it('takes a tree whose blocks lie in each other apart from each other, with keys in any case', async () => {
    expect(await validate(tree('10.0.0.0/16', '10.0.0.0/17', tree('10.0.128.0/17', '10.0.128.0/24')))).toEqual({ status: 200, body: { message: 'Network configuration is valid.' } })
    expect((await validate({ CIDRBLOCK: '10.0.0.0/16', Subnets: [{ CidrBlock: '10.0.1.0/24' }] })).status).toBe(200)
  })

  // What the peer takes for valid, or fails on (clients.md 7.1).
  it.each<[string, unknown, string]>([
    ['a child larger than its parent', tree('10.0.0.0/16', '10.0.0.0/8'), 'subnets[0]'],
    ['a child that begins inside and ends outside', tree('10.0.0.0/17', '10.0.64.0/16'), 'subnets[0]'],
    ['a child outside', tree('10.0.0.0/16', '10.1.0.0/24'), 'subnets[0]'],
    ['a malformed child', tree('10.0.0.0/16', '10.0.0.0'), 'subnets[0]'],
    ['a malformed grandchild', tree('10.0.0.0/16', tree('10.0.0.0/17', 'x')), 'subnets[0].subnets[0]'],
    ['a malformed root', tree('x', '10.0.0.0/24'), 'networkConfiguration'],
    ['host bits', tree('10.0.0.0/16', '10.0.1.77/24'), 'subnets[0]'],
    ['siblings that overlap', tree('10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24', '10.0.1.128/25'), 'subnets[2]'],
    ['siblings that are the same', tree('10.0.0.0/16', '10.0.1.0/24', '10.0.1.0/24'), 'subnets[1]'],
  ])('refuses %s and says where', async (_, body, place) => {
    const { status, body: answer } = await validate(body)
    expect([status, valueAt(answer, 'message')]).toEqual([400, expect.stringContaining(place)])
  })

  it.each([tree('10.0.0.0/16', tree('10.0.0.0/17', '10.1.0.0/24')), tree('10.0.0.0/16', tree('10.0.0.0/17', 'x'))])('names the field as the body spells it (%j)', async (body) => {
    expect(valueAt((await validate(body)).body, 'message')).toMatch(/^networkConfiguration\.subnets\[0\]\.subnets\[0\]\.cidrBlock: /)
  })

  it('says everything that is wrong at once', async () => {
    const { body } = await validate(tree('10.0.0.0/16', '10.0.1.77/24', '10.1.0.0/24', 'x'))
    for (const place of ['subnets[0]', 'subnets[1]', 'subnets[2]']) expect(valueAt(body, 'message')).toContain(place)
  })

  it('takes thousands of subnets, and refuses more than that', async () => {
    const many = (count: number) => tree('10.0.0.0/8', ...Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`))
    expect((await validate(many(5_000))).status).toBe(200)
    expect((await validate(many(60_000))).status).toBeGreaterThanOrEqual(400)
  })

  it('does not recurse without end', async () => {
    const deep = Array.from({ length: 200 }).reduce<object>((inner) => ({ cidrBlock: '10.0.0.0/8', subnets: [inner] }), { cidrBlock: '10.0.0.0/8' })
    expect((await validate(deep)).status).toBe(400)
  })
})
