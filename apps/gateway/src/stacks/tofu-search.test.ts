import { expect, it } from 'vitest'
import { TofuSearch } from './tofu-search.ts'

const binary = { path: '/opt/tofu', version: '1.12.6', source: 'environment' } as const

it('has a problem until OpenTofu is found, and then says which it is', async () => {
  let find: () => void = () => undefined
  const search = new TofuSearch(() => new Promise((resolve) => { find = () => resolve(binary) }))
  expect([search.problem, search.found]).toEqual(['OpenTofu is being looked for', undefined])
  find()
  await search.binary()
  expect([search.problem, search.found]).toEqual([undefined, binary])
})

it('says why it was not found, and looks again for who needs it', async () => {
  const answers = [() => Promise.reject(new Error('there is none')), () => Promise.resolve(binary)]
  const search = new TofuSearch(() => answers.shift()?.() ?? Promise.reject(new Error('asked too often')))
  await expect(search.binary()).rejects.toThrow('there is none')
  expect(search.problem).toBe('there is none')
  expect(await search.binary()).toBe(binary)
  expect(await search.binary()).toBe(binary)
  expect(search.problem).toBeUndefined()
})
