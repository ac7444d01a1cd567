import type { EndField } from '@isthmus/core'
import { proveAgreement, viewsOfFragments } from '@isthmus/core'
import { afterAll, describe, expect, it } from 'vitest'
import { providers } from '../orders.ts'
import { cases } from './cases.ts'
import { mutantsOf } from './mutants.ts'
import { hunterOf } from './proof.ts'

let count = 0
const survivors: string[] = []

describe('the proof names every argument in which two ends can disagree', () => {
  it.each(cases)('$name', (item) => {
    const { plan } = item
    const views = viewsOfFragments(plan.fragments)
    expect(proveAgreement(views, plan, providers).findings).toEqual([])
    const mutants = mutantsOf(item, views)
    if (item.initiator === undefined) expect(mutants.length).toBeGreaterThan(50)
    const hunter = hunterOf(plan, views)
    const survived = mutants.filter((mutant) => !hunter.catches(mutant)).map(({ name }) => name)
    count += mutants.length
    survivors.push(...survived)
    expect(survived).toEqual([])
  })

  afterAll(() => {
    process.stdout.write(`${count} mutants, ${survivors.length} survived\n`)
  })
})

describe('without one of its comparisons the proof', () => {
  const item = cases.find(({ name }) => name.startsWith('alibaba and ibm, bgp, strong'))

  it.each<EndField>(['outside', 'inside', 'asn', 'key', 'phase1.encryption', 'phase1.dhGroup', 'phase2.encryption', 'phase2.pfs', 'routing', 'prefixes'])('of %s lets mutants live', (field) => {
    if (!item) throw new Error('no such stack')
    const views = viewsOfFragments(item.plan.fragments)
    const hunter = hunterOf(item.plan, views)
    const concerned = mutantsOf(item, views).filter(({ shared }) => shared.fields.includes(field)).slice(0, 12)
    const blind = concerned.filter((mutant) => !hunter.catches(mutant, hunter.findings(mutant).filter(({ facts }) => facts?.['field'] !== field)))
    expect(blind.length).toBeGreaterThan(concerned.length / 4)
  })
})
