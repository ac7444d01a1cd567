import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Answer, GatewayClient } from '../testing/gateway-client.fixture.ts'
import type { GatewayLab } from '../testing/gateway-lab.fixture.ts'

/** The slowest part of a VPN takes seconds, so that a gateway can be met in the middle of it. */
export const slowClouds = { ISTHMUS_SIMULATED_SPEED: '150' }

const base = '/tumblebug/ns/default'
export const vpnPath = `${base}/infra/any/vpn`

/** Makes the two vNets that the VPN links. */
export async function makeVnets(client: GatewayClient): Promise<void> {
  const made = [['one', 'gcp-asia-northeast3', 10], ['other', 'aws-ap-northeast-2', 20]].map(([name, connectionName, block]) =>
    client.ask('POST', `${base}/resources/vNet`, { body: { name, connectionName, cidrBlock: `10.${block}.0.0/16`, subnetInfoList: [{ name: `${name}-01`, ipv4_CIDR: `10.${block}.1.0/24` }] } }))
  expect((await Promise.all(made)).map(({ status }) => status)).toEqual([201, 201])
}

/** Asks for the VPN, and waits for the answer. */
export function makeVpn(client: GatewayClient, requestId: string): Promise<Answer | undefined> {
  return client.attempt('POST', vpnPath, { body: { name: 'vpn01', site1: { vNetId: 'one' }, site2: { vNetId: 'other' } }, headers: { 'x-request-id': requestId } })
}

/** Removes the VPN and its vNets. */
export async function removeAll(client: GatewayClient): Promise<void> {
  expect((await client.ask('DELETE', `${vpnPath}/vpn01`)).status).toBe(200)
  for (const name of ['one', 'other']) expect((await client.ask('DELETE', `${base}/resources/vNet/${name}?action=force`)).status).toBe(200)
}

const kept = z.object({ event: z.looseObject({ type: z.string() }) })

/** Events of a run that has ended. */
export async function eventsOf(client: GatewayClient, run: string): Promise<{ readonly type: string; readonly [member: string]: unknown }[]> {
  const { text } = await client.ask('GET', `/isthmus/v1/runs/${run}/events`)
  return text.split('\n').filter((line) => line.startsWith('data: {"at"')).map((line) => kept.parse(JSON.parse(line.slice('data: '.length))).event)
}

/** The run that makes the VPN, once OpenTofu makes something of that type for it. */
export function runWhileMaking(client: GatewayClient, type: string): Promise<string> {
  return runUntil(client, (line) => line.includes('"apply_start"') && line.includes(`"${type}.`))
}

/** The run that makes the VPN, once one of its events is there. */
export async function runUntil(client: GatewayClient, isThere: (line: string) => boolean): Promise<string> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const [run] = await client.runs('kind=vpn.apply')
    if (run && (await comesTo(client, run.id, isThere))) return run.id
  }
  throw new Error('nothing was made')
}

/** Follows the events of a run until one is there. */
async function comesTo(client: GatewayClient, run: string, isThere: (line: string) => boolean): Promise<boolean> {
  for await (const line of client.follow(`/isthmus/v1/runs/${run}/events`)) if (isThere(line)) return true
  return false
}

/** Runs with their events, states of stacks, and everything on record but requests and what readiness tries. */
export async function written(lab: GatewayLab): Promise<unknown> {
  const schemas = await lab.rows(`select quote_ident(table_schema) as schema from information_schema.tables where table_name = 'states' order by 1`)
  const states = schemas.map(({ schema }) => `select * from ${String(schema)}.states`)
  const queries = [`select * from isthmus.record where kind not in ('probe', 'request') order by kind, scope, id`, 'select * from isthmus.run order by id', 'select * from isthmus.run_event order by run_id, seq', ...states]
  return Promise.all(queries.map((query) => lab.rows(query)))
}

/** Commands of OpenTofu that were started after a moment, by the records of their runs below a folder. */
export function startedAfter(moment: number, folder: string): string[] {
  const recorded = z.object({ command: z.string(), startedAt: z.iso.datetime() })
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('run.json'))
  return files.map((name) => recorded.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))).filter(({ startedAt }) => Date.parse(startedAt) > moment).map(({ command }) => command)
}
