import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backendEnvironment, backendFiles, connectionString, schemaOf } from './postgres-backend.ts'

describe('the schema of a stack', () => {
  it('is a plain name that PostgreSQL keeps whole, and another one for every other stack', () => {
    const name = fc.string({ maxLength: 200, unit: 'grapheme' })
    fc.assert(fc.property(name, name, name, name, (order, stack, otherOrder, otherStack) => {
      const schema = schemaOf(order, stack)
      expect(schema).toMatch(/^stack_[a-z0-9_]{1,57}$/)
      expect(schema === schemaOf(otherOrder, otherStack)).toBe(order === otherOrder && stack === otherStack)
    }))
  })

  it('tells orders and stacks apart where only the border between them differs', () => {
    expect(schemaOf('a', 'b-c')).not.toBe(schemaOf('a-b', 'c'))
  })
})

describe('the connection of a state', () => {
  it.each([
    { given: '', mode: 'disable' },
    { given: '?sslmode=disable', mode: 'disable' },
    { given: '?sslmode=no-verify', mode: 'require' },
    { given: '?sslmode=require', mode: 'verify-full' },
    { given: '?sslmode=prefer', mode: 'verify-full' },
    { given: '?sslmode=require&uselibpqcompat=true', mode: 'require' },
    { given: '?sslmode=verify-ca&uselibpqcompat=true', mode: 'verify-ca' },
  ])('with $given is as secret as that of the host: $mode', ({ given, mode }) => {
    expect(new URL(connectionString(`postgresql://user:word@db/isthmus${given}`)).searchParams.get('sslmode')).toBe(mode)
  })

  it('keeps host, user, password and socket, and nothing that a server would refuse', () => {
    const written = connectionString('postgresql:///isthmus?host=/run/postgresql&user=me&password=p%40ss&max=3&application_name=two%20words')
    expect(written).toMatch(/^postgresql:\/\/\/isthmus\?/)
    expect(connectionString('postgresql://me:p%40ss@db:5433/isthmus')).toMatch(/^postgresql:\/\/me:p%40ss@db:5433\/isthmus\?/)
    expect(written).toContain('application_name=two%20words')
    expect(Object.fromEntries(new URL(written).searchParams)).toEqual({ host: '/run/postgresql', user: 'me', password: 'p@ss', application_name: 'two words', sslmode: 'disable', tcp_keepalives_idle: '5', tcp_keepalives_interval: '2', tcp_keepalives_count: '3', tcp_user_timeout: '11000' })
  })

  it.each(['db', 'postgresql://user:hunter2hunter2@/isthmus'])('is refused where it cannot be read, without showing it', (url) => {
    const attempt = () => connectionString(url)
    expect(attempt).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }))
    expect(attempt).not.toThrow('hunter2')
  })

  it('is in the environment, and in no file', () => {
    const state = { kind: 'postgres', url: 'postgresql://user:word@db/isthmus', schema: 'stack_a' } as const
    expect(JSON.stringify(backendFiles(state))).not.toContain('word')
    expect(Object.keys(backendEnvironment(state))).toEqual(['PG_CONN_STR'])
    expect([backendFiles({ kind: 'files' }), backendEnvironment({ kind: 'files' })]).toEqual([{}, {}])
  })
})
