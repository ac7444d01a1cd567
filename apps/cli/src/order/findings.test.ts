import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { planOrder, type Finding, type FindingCode } from '@isthmus/core'
import { afterAll, describe, expect, it } from 'vitest'
import { providers } from '../providers.ts'
import { planFile } from './plan-file.ts'

const known = { providers, withoutProvider: [], plugins: [], failures: [] }
const badOrder = fileURLToPath(new URL('../../../../examples/bad/order.yaml', import.meta.url))

describe('the bad order among the examples', async () => {
  const { ok, findings } = await planFile(badOrder, known)
  const codes: readonly FindingCode[] = [
    'ADDRESS_SPACE_EXHAUSTED', 'ASN_CLASH', 'ASN_RESERVED', 'CIDR_HOST_BITS', 'CIDR_INVALID', 'CIDR_OUT_OF_RANGE', 'CIDR_OVERLAP', 'CIDR_RESERVED', 'CLOUD_UNKNOWN',
    'GATEWAY_SUBNET_NAME', 'GATEWAY_SUBNET_TOO_SMALL', 'INITIATOR_UNABLE', 'INSIDE_CIDR_RANGE', 'INSIDE_CIDR_RESERVED', 'LIFETIME_UNSUPPORTED', 'LINK_DUPLICATE', 'LINK_TO_ITSELF',
    'LINK_UNKNOWN', 'NAME_INVALID', 'ORDER_UNKNOWN_FIELD', 'PREFIX_LENGTH', 'REGION_UNKNOWN', 'SITE_UNKNOWN', 'SUBNET_DUPLICATE_NAME', 'SUBNET_OUTSIDE', 'SUBNET_OVERLAP', 'SUITE_WEAK', 'ZONE_UNKNOWN',
  ]

  it('is refused, with everything that is wrong in one answer', () => {
    expect(ok).toBe(false)
    expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual(codes)
    expect(codes.length).toBeGreaterThanOrEqual(15)
  })

  it.each(codes)('says of %s where, what, why and what to do', (code) => {
    for (const item of findings.filter((found) => found.code === code)) {
      expect(item.path).toMatch(/^[a-z]/)
      for (const text of [item.title, item.why, item.hint]) expect(text).toMatch(/^.{10,}\.$/)
      expect(item.docs).toBe(`docs/findings.md#${code}`)
    }
  })

  it('says nothing twice', () => {
    const said = findings.map(({ code, path, title }) => `${code} ${path} ${title}`)
    expect(new Set(said).size).toBe(said.length)
  })
})

const north = { cloud: 'aws', region: 'ap-northeast-2', cidr: '10.1.0.0/16' }
const south = { cloud: 'gcp', region: 'asia-northeast3', cidr: '10.2.0.0/16' }
const east = { cloud: 'azure', region: 'koreacentral', cidr: '10.3.0.0/16' }
const rotten = { phase1: { encryption: 'des-cbc', dhGroup: 14 }, phase2: { encryption: 'aes-256-cbc', pfs: 14 } }

describe('an order', () => {
  const cases: readonly { readonly code: FindingCode; readonly when: string; readonly order: unknown; readonly path: string }[] = [
    { code: 'ORDER_INVALID', when: 'it has no suite for security: custom', order: { name: 'x', security: 'custom', sites: { north, south } }, path: 'suite' },
    { code: 'ORDER_INVALID', when: 'a site has no address block', order: { name: 'x', sites: { north: { cloud: 'aws', region: 'ap-northeast-2' }, south } }, path: 'sites.north.cidr' },
    { code: 'SITES_TOO_FEW', when: 'it has one site', order: { name: 'x', sites: { north } }, path: 'sites' },
    { code: 'SUBNET_MISSING', when: 'a site has an empty list of subnets', order: { name: 'x', sites: { north: { ...north, subnets: [] }, south } }, path: 'sites.north.subnets' },
    { code: 'SUITE_NO_OVERLAP', when: 'only a cipher is allowed that an end does not have', order: { name: 'x', security: 'custom', suite: rotten, sites: { north, south } }, path: 'links.north--south' },
    { code: 'WIRING_IMPOSSIBLE', when: 'both ends need the address of the other first', order: { name: 'x', sites: { north, south: { ...north, cidr: '10.2.0.0/16' } } }, path: 'topology' },
    { code: 'WIRING_IMPOSSIBLE', when: 'a cloud refuses a peer of its own kind', order: { name: 'x', defaults: { routing: 'bgp' }, sites: { north: south, south: { ...south, region: 'us-east1', cidr: '10.5.0.0/16' } } }, path: 'topology' },
    { code: 'LINK_NOT_REDUNDANT', when: 'it asks for static routes to a gateway that takes one peer', order: { name: 'x', defaults: { routing: 'static' }, sites: { north, east } }, path: 'links.east--north' },
    { code: 'QUOTA_CONNECTIONS', when: 'the account allows fewer connections', order: { name: 'x', sites: { north: { ...north, limits: { connections: 1 } }, south, east } }, path: 'sites.north' },
    { code: 'QUOTA_TUNNELS', when: 'the account allows fewer tunnels', order: { name: 'x', sites: { north, south, east: { ...east, limits: { tunnels: 3 } } } }, path: 'sites.east' },
    { code: 'TRANSIT_NOT_AVAILABLE', when: 'the hub passes no routes on', order: { name: 'x', topology: { hub: 'south' }, sites: { north, south, east } }, path: 'topology.hub' },
  ]

  it.each(cases)('gets $code when $when', ({ code, order, path }) => {
    const found = planOrder(order, { providers }).findings.filter((item) => item.code === code)
    expect(found.length).toBeGreaterThan(0)
    expect(found.map((item) => item.path).every((at) => at.startsWith(path))).toBe(true)
  })
})

describe('an order file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-order-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    { name: 'broken.yaml', text: 'sites: [', line: 1 },
    { name: 'twice.yaml', text: 'name: a\nname: b\n', line: 2 },
    { name: 'laughs.yaml', text: `a: &a [x]\nb: [${'*a,'.repeat(200)}]\n` },
  ])('gets ORDER_UNREADABLE when it is $name', async ({ name, text, line }) => {
    writeFileSync(join(folder, name), text)
    const [found, ...more]: readonly Finding[] = (await planFile(join(folder, name), known)).findings
    expect(found).toMatchObject({ code: 'ORDER_UNREADABLE', hint: expect.stringContaining(line === undefined ? 'alias' : `line ${line}`) })
    expect(more).toEqual([])
  })

  it('gets ORDER_UNREADABLE when it is not there', async () => {
    expect((await planFile(join(folder, 'missing.yaml'), known)).findings).toMatchObject([{ code: 'ORDER_UNREADABLE', title: expect.stringContaining('does not exist') }])
  })
})
