import { describe, expect, it } from 'vitest'
import { clouds } from '../testing/networks.fixture.ts'
import { CloudCatalogue } from './catalogue.ts'
import { connectionAsked } from './holder.ts'

describe('connectionAsked', () => {
  it.each([
    ['aws-us-east-1', 'admin', 'aws-us-east-1'],
    ['alice-aws-us-east-1', 'admin', 'alice-aws-us-east-1'],
    ['alice-aws-us-east-1', 'alice', 'alice-aws-us-east-1'],
    ['aws-us-east-1', 'alice', 'alice-aws-us-east-1'],
    ['nowhere', 'alice', 'nowhere'],
  ])('%s means, said by %s, %s', (name, holder, meant) => {
    expect(connectionAsked(name, holder, clouds)).toBe(meant)
  })

  it('refuses the connection of somebody else, with the way out', () => {
    const three = new CloudCatalogue(clouds.providers, [], ['alice', 'bob'])
    expect(() => connectionAsked('bob-aws-us-east-1', 'alice', three)).toThrow('connectionName: bob-aws-us-east-1 belongs to the credential holder bob, and x-credential-holder says alice; name alice-aws-us-east-1, or send x-credential-holder: bob')
  })
})
