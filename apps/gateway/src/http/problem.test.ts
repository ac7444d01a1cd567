import { expect, it } from 'vitest'
import { StoreError, type StoreErrorCode } from '../store/store-error.ts'
import { problemOf } from './problem.ts'

it.each<[StoreErrorCode, number, string]>([
  ['RECORD_INVALID', 400, 'what the store says'],
  ['RECORD_NOT_FOUND', 404, 'what the store says'],
  ['RECORD_EXISTS', 409, 'what the store says'],
  ['STORE_UNAVAILABLE', 503, 'what the store says'],
  ['RECORD_UNREADABLE', 500, 'Internal Server Error'],
  ['TRANSACTION_NESTED', 500, 'Internal Server Error'],
])('answers %s with %i', (code, status, message) => {
  const error = new StoreError(code, 'what the store says')
  expect(problemOf(error)).toMatchObject({ status, message, detail: { cause: error } })
})
