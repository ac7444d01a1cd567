import { existsSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { StructureFault } from './check-structure.ts'

type Json = Readonly<Record<string, unknown>>

const file = 'package.json'
const example = '"isthmus": { "apiVersion": 1, "id": "acme", "provider": "./dist/index.js" }'

/** What is wrong with the package.json of a provider. */
export function manifestFaults(home: string): StructureFault[] {
  const manifest = readManifest(home)
  if (!manifest) return [{ file, problem: 'is missing or is not valid JSON' }]
  const entry = record(manifest['isthmus'])
  const peers = record(manifest['peerDependencies'])
  const used = Object.keys({ ...record(manifest['dependencies']), ...peers })
  return [
    ...(manifest['isthmus'] === undefined ? [`has no isthmus entry; add ${example}`] : entryProblems(entry, home)),
    ...(manifest['type'] === 'module' ? [] : ['must say "type": "module"']),
    ...(manifest['exports'] === undefined ? ['has no exports'] : []),
    ...(typeof peers['@isthmus/core'] === 'string' ? [] : ['must name @isthmus/core among its peerDependencies, so that there is one core']),
    ...used.filter((name) => /^@isthmus\/provider-(?!kit$)/.test(name)).map((name) => `depends on ${name}: a provider that knew another would be half of a pair`),
  ].map((problem) => ({ file, problem }))
}

function entryProblems(entry: Json, home: string): string[] {
  const id = entry['id']
  return [
    ...(entry['apiVersion'] === 1 ? [] : ['isthmus.apiVersion must be 1']),
    ...(typeof id === 'string' && /^[a-z](?:-?[a-z0-9])*$/.test(id) ? [] : ['isthmus.id must be lower-case letters, digits and single hyphens']),
    ...pathProblems('provider', entry['provider'], home),
    ...(entry['simulatedCloud'] === undefined ? [] : pathProblems('simulatedCloud', entry['simulatedCloud'], home)),
  ]
}

function pathProblems(name: string, path: unknown, home: string): string[] {
  if (typeof path !== 'string' || !path.startsWith('./')) return [`isthmus.${name} must be a path that begins with ./, such as ./dist/index.js`]
  return resolve(home, path).startsWith(resolve(home) + sep) ? [] : [`isthmus.${name} leads out of the package`]
}

function readManifest(home: string): Json | undefined {
  const path = join(home, file)
  if (!existsSync(path)) return undefined
  try {
    return record(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}
}
