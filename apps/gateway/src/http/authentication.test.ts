import { stat } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { Authentication, hashSecret, requireScope } from './authentication.ts'

let authentication: Authentication
beforeAll(async () => {
  authentication = new Authentication([
    { kind: 'basic', name: 'ops', hash: await hashSecret('pass:word'), scopes: ['read', 'write'] },
    { kind: 'bearer', name: 'viewer', hash: await hashSecret('t0ken'), scopes: ['read'] },
  ])
})

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

describe('Authentication', () => {
  it.each([
    [basic('ops:pass:word'), 'ops'],
    ['basic ' + Buffer.from('ops:pass:word').toString('base64'), 'ops'],
    ['Bearer t0ken', 'viewer'],
  ])('knows %s', async (header, name) => {
    expect(await authentication.caller(header)).toMatchObject({ name })
    expect(await authentication.caller(header)).toMatchObject({ name })
  })

  it.each([[undefined], [basic('ops:wrong')], [basic('viewer:t0ken')], ['Bearer wrong'], ['Digest x'], ['Basic'], ['']])('turns %s away', async (header) => {
    await expect(authentication.caller(header)).rejects.toMatchObject({ code: 'UNAUTHORIZED', status: 401 })
  })

  it.each(['Basic !!!', basic('no-colon')])('says that %s cannot be read', async (header) => {
    await expect(authentication.caller(header)).rejects.toMatchObject({ code: 'HEADER_INVALID', status: 400 })
  })

  it('lets a client in that begins with many requests at once', async () => {
    const fresh = new Authentication([{ kind: 'basic', name: 'ops', hash: await hashSecret('word'), scopes: ['read'] }])
    const answers = await Promise.all(Array.from({ length: 20 }, () => fresh.caller(basic('ops:word'))))
    expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['ops']))
  })

  it('checks a client once that comes with many requests at once', async () => {
    const fresh = new Authentication([{ kind: 'bearer', name: 'viewer', hash: await hashSecret('t0ken'), scopes: ['read'] }])
    const answers = await Promise.all(Array.from({ length: 20 }, () => fresh.caller('Bearer t0ken')))
    expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['viewer']))
  })

  it('lets some clients in that come at the same moment', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const fresh = new Authentication(await Promise.all(names.map(async (name) => ({ kind: 'basic' as const, name, hash: await hashSecret(name), scopes: ['read' as const] }))))
    expect((await Promise.all(names.map((name) => fresh.caller(basic(`${name}:${name}`))))).map(({ name }) => name)).toEqual(names)
  })

  it('leaves threads for other work', async () => {
    const [first, ...others] = Array.from({ length: 8 }, (_, index) => authentication.caller(basic(`ops:try${index}`)).catch(() => 'checked'))
    expect(await Promise.race([stat('.').then(() => 'looked'), first])).toBe('looked')
    await Promise.all([first, ...others])
  })

  it('checks few passwords at a time', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => authentication.caller(basic(`ops:guess${index}`))))
    const codes = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'in'))
    expect(new Set(codes)).toEqual(new Set(['UNAUTHORIZED', 'UNAVAILABLE']))
  })

  it('works as long on a name that nobody has as on a wrong password, so that the time tells no names', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => authentication.caller(basic(`nobody-${index}:x`))))
    // Only where hashes are computed can too many of them be computed at a time.
    expect(asked.map((answer) => answer.status === 'rejected' && answer.reason.code)).toContain('UNAVAILABLE')
  })
})

it('keeps readers from writing', () => {
  expect(() => requireScope({ name: 'viewer', scopes: ['read'] }, 'write')).toThrow('viewer may not write')
})
