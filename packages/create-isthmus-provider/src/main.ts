import { relative } from 'node:path'
import { createProvider } from './create-provider.ts'

/** Where the command writes to and works in. */
export interface Surroundings {
  readonly folder: string
  readonly out: (text: string) => void
  readonly error: (text: string) => void
}

const usage = 'usage: npm create isthmus-provider NAME\n\nNAME is what orders will call the cloud, such as acme. The package is written into ./isthmus-provider-NAME.\n'

const here: Surroundings = {
  folder: process.cwd(),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
}

/**
 * The command: writes the package of a new provider and says what to do next.
 *
 * @returns exit code: 0 when the package is there, 1 when it could not be made, 2 when it was called in a wrong way
 */
export async function main(args: readonly string[], { folder, out, error }: Surroundings = here): Promise<number> {
  const [name, ...more] = args
  if (name === '--help' || name === '-h') {
    out(usage)
    return 0
  }
  if (name === undefined || name.startsWith('-') || more.length > 0) {
    error(usage)
    return 2
  }
  const created = await createProvider(name, folder)
  if (!created.ok) {
    error(`${created.problem}\n`)
    return 1
  }
  const place = relative(folder, created.folder)
  out(`${place}: ${created.files.length} files\n\n  cd ${place}\n  npm install\n  npm test\n\nThe conformance test is red now, and says what to fill in. When it is green, ${created.id} pairs with every other cloud.\n`)
  return 0
}
