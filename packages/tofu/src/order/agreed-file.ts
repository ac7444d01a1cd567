import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Agreed } from '@isthmus/core'
import { field, objectField } from '../json/fields.ts'
import { writeChanged } from '../workspace/stack-files.ts'

const agreedFile = 'agreed.json'

/** Numbers that an earlier apply gave out; undefined before the first. */
export async function readAgreed(root: string): Promise<Agreed | undefined> {
  const text = await readFile(join(root, agreedFile), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const parsed: unknown = JSON.parse(text)
  return isAgreed(parsed) ? parsed : undefined
}

/** Keeps the numbers that an apply gives out. */
export async function writeAgreed(root: string, agreed: Agreed): Promise<void> {
  await writeChanged(join(root, agreedFile), `${JSON.stringify(agreed, null, 2)}\n`)
}

function isAgreed(value: unknown): value is Agreed {
  return Object.keys(objectField(value)).length > 0 && typeof field(value, 'asns') === 'object' && typeof field(value, 'inside') === 'object'
}
