import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Looks for secrets in files and texts, however they are written. */
export class SecretSearch {
  readonly #spellings: readonly (readonly [name: string, spelling: Buffer])[]

  /** @param secrets by the name under which a hit is reported, since the secret itself must not be */
  constructor(secrets: Readonly<Record<string, Uint8Array>>) {
    this.#spellings = Object.entries(secrets).flatMap(([name, secret]) => spellingsOf(secret).map((spelling) => [name, spelling] as const))
  }

  /** Names of the secrets that occur in a text. */
  in(text: string | Buffer): string[] {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text
    return [...new Set(this.#spellings.filter(([, spelling]) => bytes.includes(spelling)).map(([name]) => name))]
  }

  /** Files below a folder in whose content or path a secret occurs, with its name, and how many were searched. */
  below(folder: string): { readonly hits: readonly string[]; readonly searched: number } {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return { hits: files.flatMap((file) => [...this.in(file), ...this.in(contentOf(file))].map((name) => `${name} in ${file}`)), searched: files.length }
  }
}

/** As it is, in hexadecimal, and in Base64 whatever stands before it. */
function spellingsOf(secret: Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret)
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // The first and last characters also depend on the neighbours.
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, -4))
  })
  return [bytes, Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('hex').toUpperCase()), ...shifted]
}

/** Empty for a file that has just been removed. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
