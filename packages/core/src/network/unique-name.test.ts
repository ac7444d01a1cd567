import { expect, it } from 'vitest'
import { nameGiver } from './unique-name.ts'

it('never gives a name twice, nor one that is taken', () => {
  const giveName = nameGiver(['apps', 'apps-2', 'db'])
  expect(['apps', 'apps', 'new', 'new', 'apps-3', 'db'].map(giveName)).toEqual(['apps-3', 'apps-4', 'new', 'new-2', 'apps-3-2', 'db-2'])
})
