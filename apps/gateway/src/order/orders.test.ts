import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt, valueAt, type Reply } from '../../test/lab/gateway-lab.fixture.ts'
import { patience } from '../testing/network-client.fixture.ts'

let lab: GatewayLab
const orders = '/isthmus/v1/orders'

beforeAll(async () => {
  lab = await GatewayLab.open({ runsAtATime: 8 })
  lab.fail({ type: 'aws_subnet', op: 'create', match: { cidr_block: '10.40.0.0/24' }, message: 'no room' })
})
afterAll(() => lab.close())

const site = (cloud: string, region: string, second: number) => ({ cloud, region, cidr: `10.${second}.0.0/16`, subnets: [{ name: 'first', cidr: `10.${second}.0.0/24` }] })
const east = (second: number) => site('aws', 'ap-northeast-2', second)
const middle = (second: number) => site('gcp', 'asia-northeast3', second)
const pair = (name: string, second: number) => ({ name, topology: { links: [['east', 'middle']] }, sites: { east: east(second), middle: middle(second + 1) } })
const alone = (name: string, second: number) => ({ name, topology: { links: [] }, sites: { east: east(second) } })

const json = (text: unknown): unknown => JSON.parse(String(text))

/** Native answers are problem details where something is wrong. */
function problemOf({ body }: Reply): unknown {
  return typeof body === 'string' ? json(body) : body
}

function runOf(reply: Reply): string {
  expect(reply.status, JSON.stringify(reply.body)).toBe(202)
  return textAt(reply.body, 'run', 'id')
}

/** Everything that a run says, as server-sent events behind one. */
async function eventsOf(run: string, after?: string): Promise<{ readonly id: string; readonly event: string; readonly data: unknown }[]> {
  const { body } = await lab.send('GET', `/isthmus/v1/runs/${run}/events`, after === undefined ? {} : { headers: { 'last-event-id': after } })
  return String(body).split('\n\n').filter((block) => block !== '').map((block) => {
    const fields = new Map(block.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
    return { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: json(fields.get('data') ?? 'null') }
  })
}

/** Waits for a run that must be done. */
async function done(reply: Reply): Promise<void> {
  const last = (await eventsOf(runOf(reply))).at(-1)
  expect([last?.event, valueAt(last?.data, 'state')], JSON.stringify(last?.data)).toEqual(['end', 'done'])
}

describe.concurrent('an order', { timeout: patience }, () => {
  it('is checked and planned without anything being made or kept', async () => {
    const wrong = { ...pair('checked', 10), sites: { east: east(10), middle: { ...middle(11), cidr: '10.10.0.0/16' } } }
    const validated = await lab.send('POST', `${orders}/validate`, { body: wrong })
    expect([validated.status, valueAt(validated.body, 'ok')]).toEqual([200, false])
    expect(listAt(validated.body, 'findings').map((item) => valueAt(item, 'code'))).toContain('CIDR_OVERLAP')
    expect((await lab.send('POST', `${orders}/plan`, { body: wrong })).status).toBe(422)
    const refused = await lab.send('PUT', `${orders}/checked`, { body: wrong })
    expect([refused.status, refused.headers.get('content-type'), valueAt(problemOf(refused), 'code')]).toEqual([422, 'application/problem+json', 'FINDINGS'])
    const planned = await lab.send('POST', `${orders}/plan`, { body: pair('checked', 10) })
    expect([planned.status, valueAt(planned.body, 'proof', 'proven'), valueAt(planned.body, 'links', 0, 'tunnels')]).toEqual([200, true, 4])
    expect(listAt(planned.body, 'stacks').map((stack) => valueAt(stack, 'name'))).toEqual(expect.arrayContaining(['network-east', 'gateway-east', 'link-east--middle']))
    expect((await lab.send('GET', `${orders}/checked`)).status).toBe(404)
  })

  it.each([
    ['another name than its path', pair('that', 10), /is called that and its path/],
    ['the name of the order of a namespace', pair('n0123456789a', 10), /looks like the order of a namespace/],
    ['the name of the look-ups of a namespace', pair('n0123456789al', 10), /looks like the order of a namespace/],
  ])('is refused with %s', async (_, body, said) => {
    const name = body.name === 'that' ? 'this' : body.name
    const refused = await lab.send('PUT', `${orders}/${name}`, { body })
    expect([refused.status, valueAt(problemOf(refused), 'detail')]).toEqual([400, expect.stringMatching(said)])
  })

  it('is refused for a credential holder nobody knows, who is told those there are', async () => {
    const headers = { 'x-credential-holder': 'bob' }
    for (const [method, path, body] of [['PUT', 'hers', alone('hers', 60)], ['POST', 'hers/refresh', undefined], ['DELETE', 'hers', undefined]] as const) {
      const refused = await lab.send(method, `${orders}/${path}`, { body, headers })
      expect([refused.status, valueAt(problemOf(refused), 'detail')]).toEqual([400, expect.stringMatching(/^x-credential-holder: there are no credentials of bob; use admin, or make the folder bob in secretsFolder/)])
    }
    expect((await lab.send('GET', `${orders}/hers`)).status).toBe(404)
  })

  it('is applied, read, changed, and destroyed', async () => {
    await done(await lab.send('PUT', `${orders}/whole`, { body: pair('whole', 20) }))
    const applied = await lab.send('GET', `${orders}/whole`)
    expect([valueAt(applied.body, 'state'), valueAt(applied.body, 'message'), listAt(applied.body, 'tunnels').map((tunnel) => valueAt(tunnel, 'state'))]).toEqual(['applied', '', ['up', 'up', 'up', 'up']])
    const busy = lab.send('POST', `${orders}/whole/refresh`)
    const refused = await Promise.all([busy, lab.send('POST', `${orders}/whole/refresh`)])
    expect(refused.map(({ status }) => status).sort()).toEqual([202, 409])
    for (const reply of refused) if (reply.status === 202) await done(reply)
    const changed = { ...pair('whole', 20), topology: { links: [] } }
    await done(await lab.send('PUT', `${orders}/whole`, { body: changed }))
    expect(valueAt((await lab.send('GET', `${orders}/whole`)).body, 'tunnels')).toEqual([])
    expect(lab.objects().some(({ type, attributes }) => type === 'aws_vpn_gateway' && JSON.stringify(attributes).includes('whole'))).toBe(false)
    await done(await lab.send('DELETE', `${orders}/whole`))
    expect((await lab.send('GET', `${orders}/whole`)).status).toBe(404)
    expect((await lab.send('DELETE', `${orders}/whole`)).status).toBe(404)
    expect(lab.objects().some(({ attributes }) => JSON.stringify(attributes).includes('10.20.0.0/16'))).toBe(false)
  })

  it('sent twice with a key is applied once, and its key is for nothing else', async () => {
    const headers = { 'idempotency-key': 'the-key' }
    const [one, other] = await Promise.all([1, 2].map(() => lab.send('PUT', `${orders}/keyed`, { body: alone('keyed', 30), headers })))
    expect(one && other && runOf(one) === runOf(other)).toBe(true)
    if (one) await done(one)
    const later = await lab.send('PUT', `${orders}/keyed`, { body: alone('keyed', 30), headers })
    expect([runOf(later), valueAt(later.body, 'run', 'state')]).toEqual([one && runOf(one), 'done'])
    for (const [path, body] of [['keyed', alone('keyed', 31)], ['another', alone('another', 30)]] as const) {
      const reused = await lab.send('PUT', `${orders}/${path}`, { body, headers })
      expect([reused.status, valueAt(problemOf(reused), 'code')]).toEqual([409, 'CONFLICT'])
    }
    expect(valueAt((await lab.send('GET', `${orders}/keyed`)).body, 'order', 'sites', 'east', 'cidr')).toBe('10.30.0.0/16')
  })

  it.each(['refresh', 'destroy'])('is asked for its %s twice with a key, and that is done once', async (what) => {
    const name = `twice-${what}`
    await done(await lab.send('PUT', `${orders}/${name}`, { body: alone(name, 32) }))
    const headers = { 'idempotency-key': name }
    const ask = () => (what === 'refresh' ? lab.send('POST', `${orders}/${name}/refresh`, { headers }) : lab.send('DELETE', `${orders}/${name}`, { headers }))
    const one = await ask()
    await done(one)
    expect(runOf(await ask())).toBe(runOf(one))
  })

  it('that could not be made stays failed until it is applied again, whatever is read in between', async () => {
    const run = runOf(await lab.send('PUT', `${orders}/failing`, { body: alone('failing', 40) }))
    const last = (await eventsOf(run)).at(-1)
    expect([valueAt(last?.data, 'state'), valueAt(last?.data, 'error', 'message')]).toEqual(['failed', expect.stringContaining('no room')])
    await done(await lab.send('POST', `${orders}/failing/refresh`))
    const failed = await lab.send('GET', `${orders}/failing`)
    expect([valueAt(failed.body, 'state'), valueAt(failed.body, 'message')]).toEqual(['failed', expect.stringContaining('no room')])
    await done(await lab.send('PUT', `${orders}/failing`, { body: alone('failing', 40) }))
    expect(valueAt((await lab.send('GET', `${orders}/failing`)).body, 'state')).toBe('applied')
    expect(lab.lose('aws_subnet', ({ attributes }) => attributes['cidr_block'] === '10.40.0.0/24')).toBe(1)
    await done(await lab.send('POST', `${orders}/failing/refresh`))
    const lost = await lab.send('GET', `${orders}/failing`)
    expect([valueAt(lost.body, 'state'), valueAt(lost.body, 'message')]).toEqual(['failed', 'the subnet first (10.40.0.0/24) of east is not there.'])
  })
})

describe.concurrent('events of a run', { timeout: patience }, () => {
  it('have numbers without gaps, and go on behind any of them', async () => {
    const run = runOf(await lab.send('PUT', `${orders}/told`, { body: alone('told', 50) }))
    const all = await eventsOf(run)
    const told = all.slice(0, -1)
    expect(told.length).toBeGreaterThan(2)
    expect(told.map(({ id }) => Number(id))).toEqual(told.map((_, index) => index + 1))
    const rest = await eventsOf(run, '2')
    expect(rest).toEqual(all.slice(2))
    expect(rest.at(-1)?.event).toBe('end')
  })

  it('of a run that is not there are not found', async () => {
    for (const path of ['nothing', 'nothing/events']) expect((await lab.send('GET', `/isthmus/v1/runs/${path}`)).status).toBe(404)
  })
})
