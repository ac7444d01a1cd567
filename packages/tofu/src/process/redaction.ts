import { open, rename } from 'node:fs/promises'
import { tryParse } from '../json/fields.ts'
import { connectionVariable } from '../state/postgres-backend.ts'
import type { Environment } from './environment.ts'
import { followLines } from './follow-file.ts'

/** Shorter values occur in ordinary words; hiding them would make messages unreadable and give them away. */
const shortestSecret = 8

const hidden = '(sensitive)'

const secretName = /SECRET|PASSWORD|PASSPHRASE|TOKEN|CREDENTIAL|PRIVATE|_KEY$|_KEY_?ID$/i

/** Takes known secrets out of what OpenTofu and its providers write: a cloud's error message may quote the request. */
export class Redaction {
  readonly #spellings: readonly string[]

  constructor(secrets: readonly string[]) {
    const long = secrets.filter((secret) => secret.length >= shortestSecret)
    this.#spellings = [...new Set(long.flatMap(spellingsOf))].sort((a, b) => b.length - a.length)
  }

  /** The text without secrets. */
  of(text: string): string {
    return this.#spellings.reduce((cleaned, spelling) => cleaned.replaceAll(spelling, hidden), text)
  }

  /** Rewrites a file of lines without secrets. Call it only where {@link of} changed a line, after the writer has ended. */
  async clean(path: string): Promise<void> {
    const cleaned = await open(`${path}.clean`, 'w', 0o600)
    try {
      for await (const line of followLines(path, { ended: () => true })) await cleaned.write(`${this.of(line)}\n`)
    } finally {
      await cleaned.close()
    }
    await rename(`${path}.clean`, path)
  }
}

/** Secrets among environment variables: variables of the stack (only secrets travel that way), and what is named like one. */
export function secretsIn(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (name.startsWith('TF_VAR_')) return leavesOf(tryParse(value) ?? value)
    if (name === connectionVariable) return [value, ...passwordsOf(value)]
    return secretName.test(name) ? [value] : []
  })
}

/** The password of a connection string as it stands there, and as the server gets it. */
function passwordsOf(url: string): string[] {
  if (!URL.canParse(url)) return []
  const parsed = new URL(url)
  return [parsed.password, decodeURIComponent(parsed.password), parsed.searchParams.get('password') ?? '']
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : []
}

/** A secret as it stands in text, in JSON, and in JSON as Go writes it, once and nested in a JSON text. */
function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const go = json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
  return [secret, json, go, JSON.stringify(json).slice(1, -1), JSON.stringify(go).slice(1, -1)]
}
