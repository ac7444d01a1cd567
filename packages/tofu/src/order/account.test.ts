import { describe, expect, it } from 'vitest'
import { accountOf, requireCredentials } from './account.ts'

const acme = { id: 'acme', environment: ['ACME_', 'AC_'] }
const north = { id: 'north', environment: ['NORTH_'] }
const bare = { id: 'bare', environment: [] }
const link = { name: 'link-a--b', passEnvironment: ['ACME_', 'AC_', 'NORTH_'] }
const choice = { providers: [acme, north, bare], simulated: false }

describe('the account of a stack', () => {
  it('is that of this process, with what was given for its clouds', () => {
    const given = { ACME_TOKEN: 'a', OTHER_TOKEN: 'o' }
    expect(accountOf(link, '/stack', { ...choice, credentials: given })).toEqual({ environment: { ACME_TOKEN: 'a' }, passEnvironment: link.passEnvironment })
  })

  it('is that of a credential holder, without the variables and the home of this process', () => {
    const { environment, passEnvironment } = accountOf(link, '/stack', { ...choice, holder: 'alice', credentials: { ACME_TOKEN: 'a', OTHER_TOKEN: 'o' } })
    expect(environment).toMatchObject({ ACME_TOKEN: 'a', HOME: '/stack', USERPROFILE: '/stack', APPDATA: '/stack', LOCALAPPDATA: '/stack', PGPASSFILE: expect.stringMatching(/pgpass/) })
    expect([environment['OTHER_TOKEN'], passEnvironment]).toEqual([undefined, []])
  })

  it('is nobody\'s in simulated clouds', () => {
    expect(accountOf(link, '/stack', { ...choice, simulated: true, credentials: { ACME_TOKEN: 'a' } })).toEqual({ environment: {}, passEnvironment: [] })
  })
})

describe('the credentials of a holder', () => {
  it.each<[what: string, variables: string[]]>([
    ['one variable of each cloud', ['ACME_TOKEN', 'NORTH_TOKEN']],
    ['any beginning of a cloud', ['AC_TOKEN', 'NORTH_TOKEN']],
  ])('are enough with %s', (_, variables) => {
    expect(() => requireCredentials(link, { ...choice, holder: 'alice', credentials: Object.fromEntries(variables.map((name) => [name, 'x'])) })).not.toThrow()
  })

  it.each<[cloud: string, variables: string[], hint: string]>([
    ['acme', ['NORTH_TOKEN'], 'ACME_ or AC_'],
    ['north', ['ACME_TOKEN', 'NORTHERN'], 'NORTH_'],
  ])('are refused without any for %s', (cloud, variables, hint) => {
    const message = `link-a--b cannot be reached: the credential holder alice has no credentials of ${cloud}; give variables that begin with ${hint}`
    expect(() => requireCredentials(link, { ...choice, holder: 'alice', credentials: Object.fromEntries(variables.map((name) => [name, 'x'])) })).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID', message }))
  })

  it.each<[what: string, record: { readonly name: string; readonly passEnvironment: readonly string[] }, rest: { readonly holder?: string; readonly simulated?: boolean }]>([
    ['clouds that the stack has nothing of', { name: 'network-a', passEnvironment: [] }, { holder: 'alice' }],
    ['this process itself', link, {}],
    ['simulated clouds', link, { holder: 'alice', simulated: true }],
  ])('are not asked for in %s', (_, record, rest) => {
    expect(() => requireCredentials(record, { ...choice, ...rest })).not.toThrow()
  })
})
