import { expect, it } from 'vitest'
import { TofuError } from '../workspace/tofu-error.ts'
import { RunReport } from './run-report.ts'

it('tells what the engine said of a stack that failed, warnings apart', () => {
  const report = new RunReport(undefined)
  const missing = { severity: 'error' as const, summary: 'no such network', detail: 'it is gone', address: 'data.acme_network.north' }
  const error = new TofuError({ command: 'plan', stopped: false, diagnostics: [{ severity: 'warning', summary: 'old', detail: '' }, missing] })
  report.note([{ name: 'network-north', state: 'failed', error }, { name: 'network-south', state: 'failed', error: new Error('no room') }, { name: 'link-north--south', state: 'skipped' }])
  expect(report.result.stacks).toEqual([
    { stack: 'link-north--south', outcome: 'skipped', error: 'a stack that it needs failed' },
    { stack: 'network-north', outcome: 'failed', error: 'tofu plan failed: no such network (data.acme_network.north): it is gone', errors: [missing] },
    { stack: 'network-south', outcome: 'failed', error: 'no room' },
  ])
})

it('keeps the first error that passes by itself, whoever threw it', () => {
  const report = new RunReport(undefined)
  report.note([{ name: 'network-north', state: 'failed', error: new Error('no room') }])
  expect(report.passing).toBeUndefined()
  const away = Object.assign(new Error('the database is away'), { retryable: true })
  report.note([{ name: 'network-east', state: 'failed', error: away }, { name: 'network-south', state: 'failed', error: new TofuError({ command: 'apply', stopped: false, signal: 'SIGKILL', diagnostics: [] }) }])
  expect(report.passing).toBe(away)
})
