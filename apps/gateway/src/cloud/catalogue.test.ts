import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { describe, expect, it } from 'vitest'
import { builtInProviders } from '../start/built-in-providers.ts'
import { CloudCatalogue, defaultHolder } from './catalogue.ts'

const clouds = new CloudCatalogue(builtInProviders, cloudsWithoutProvider, ['alice'])

describe('CloudCatalogue', () => {
  it('has one connection for each region, holder and cloud, under a name of its own', () => {
    const regions = clouds.ids.reduce((sum, id) => sum + Object.keys(clouds.networkFacts(id)?.regions.value ?? {}).length, 0)
    expect(clouds.connections()).toHaveLength(2 * regions)
    expect(clouds.connections(defaultHolder)).toHaveLength(regions)
    expect(clouds.connections('bob')).toEqual([])
    for (const connection of clouds.connections()) expect(clouds.connection(connection.name)).toBe(connection)
  })

  it('looks connections up instead of reading their names', () => {
    expect(clouds.connection('alice-aws-us-east-1')).toMatchObject({ cloud: 'aws', region: 'us-east-1', holder: 'alice' })
    for (const name of ['azure-eastus', 'azure-eastus2']) expect(clouds.connection(name)?.region).toBe(name.slice('azure-'.length))
    for (const name of ['nodash', 'aws-', 'aws-us-east', 'bob-aws-us-east-1', '', '__proto__']) expect(clouds.connection(name)).toBeUndefined()
  })

  it('tells whose credentials a connection stands for', () => {
    expect([clouds.holderOf('aws-us-east-1'), clouds.holderOf('alice-aws-us-east-1')]).toEqual(['admin', 'alice'])
    expect(() => clouds.holderOf('bob-aws-us-east-1')).toThrow('the connection bob-aws-us-east-1 does not exist')
  })

  it('has a place for every connection, which clients read without asking', () => {
    for (const { location, name } of clouds.connections()) {
      expect(location.display, name).not.toBe('')
      expect(Math.abs(location.latitude) <= 90 && Math.abs(location.longitude) <= 180, name).toBe(true)
    }
  })

  it('knows the rules of clouds that cannot be ordered from', () => {
    for (const { id } of cloudsWithoutProvider) expect([clouds.networkFacts(id) === undefined, clouds.provider(id)]).toEqual([false, undefined])
    expect([...clouds.ids]).toEqual([...clouds.ids].sort())
  })
})
