import { networkConcepts } from '@isthmus/core'
import { loadPlugins } from '@isthmus/plugin-host'
import { describe, expect, it } from 'vitest'
import { providers } from './orders.ts'

/** Kilometres between two places on a globe (haversine). */
function distance(a: { readonly latitude: number; readonly longitude: number }, b: { readonly latitude: number; readonly longitude: number }): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const chord = Math.sin(north / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2
  return 12_742 * Math.asin(Math.sqrt(chord))
}

describe.each(providers.map((provider) => [provider.id, provider] as const))('%s', (id, { facts }) => {
  const locations = Object.entries(facts.locations?.value ?? {})

  it('says where every region is, and of no other', () => {
    expect(locations.map(([region]) => region).sort()).toEqual(Object.keys(facts.network.regions.value).sort())
  })

  it('gives places on the globe, each with a name', () => {
    expect(locations.filter(([, { display, latitude, longitude }]) => display.length < 4 || Math.abs(latitude) > 66 || Math.abs(longitude) > 180)).toEqual([])
  })

  it('has a word or nothing for everything in the matching table', () => {
    expect(Object.keys(facts.terms.value)).toEqual(Object.keys(networkConcepts))
  })

  it('is found by its manifest, as a plugin is', async () => {
    const { plugins, failures } = await loadPlugins({ from: import.meta.dirname, plugins: [`@isthmus/provider-${id}`] }, { taken: [] })
    expect(failures).toEqual([])
    expect(plugins.map((plugin) => plugin.provider.id)).toEqual([id])
  })
})

it('clouds agree on where a city is', () => {
  const places = providers.flatMap(({ id, facts }) => Object.entries(facts.locations?.value ?? {}).map(([region, location]) => ({ name: `${id} ${region}`, ...location })))
  const apart = places.flatMap((place, index) => places.slice(index + 1).filter((other) => other.display === place.display && distance(place, other) > 60).map((other) => `${place.name} and ${other.name}: ${place.display}`))
  // Two clouds mean different ends of a state that both call by its name.
  expect(apart.filter((text) => !text.endsWith('Virginia, United States'))).toEqual([])
})
