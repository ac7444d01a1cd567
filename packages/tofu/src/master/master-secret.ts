import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { IsthmusError } from '@isthmus/core'

const fewestBytes = 32
const ownerOnly = 0o600

/**
 * The master secret: `ISTHMUS_MASTER_SECRET`, the file `ISTHMUS_MASTER_SECRET_FILE` (readable by its owner only), what the
 * command `ISTHMUS_MASTER_SECRET_COMMAND` prints, or a file of its own in the home folder that is made at the first start.
 *
 * @throws IsthmusError KEY_UNAVAILABLE when it is missing, too short, or readable by others
 */
export async function masterSecret(home: string, env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  const given = env['ISTHMUS_MASTER_SECRET']
  if (given !== undefined && given !== '') return checked(Buffer.from(given, 'utf8'), 'ISTHMUS_MASTER_SECRET')
  const file = env['ISTHMUS_MASTER_SECRET_FILE']
  if (file !== undefined && file !== '') return checked(await readPrivate(file), file)
  const command = env['ISTHMUS_MASTER_SECRET_COMMAND']
  if (command !== undefined && command !== '') return checked(await printed(command), 'the output of ISTHMUS_MASTER_SECRET_COMMAND')
  return checked(await ownFile(join(home, 'master.key')), join(home, 'master.key'))
}

function checked(secret: Buffer, origin: string): Uint8Array {
  if (secret.length >= fewestBytes) return secret
  throw new IsthmusError('KEY_UNAVAILABLE', `${origin} holds ${secret.length} bytes; a master secret needs at least ${fewestBytes}, for example: openssl rand -base64 48`)
}

async function readPrivate(file: string): Promise<Buffer> {
  const info = await stat(file).catch(() => undefined)
  if (!info) throw new IsthmusError('KEY_UNAVAILABLE', `${file}, named by ISTHMUS_MASTER_SECRET_FILE, does not exist`)
  if (process.platform !== 'win32' && (info.mode & 0o077) !== 0) throw new IsthmusError('KEY_UNAVAILABLE', `${file} can be read by others; run chmod 600 ${file}`)
  return trimmed(await readFile(file))
}

async function printed(command: string): Promise<Buffer> {
  const shell = process.platform === 'win32' ? ['cmd', '/c', command] as const : ['sh', '-c', command] as const
  try {
    const { stdout } = await promisify(execFile)(shell[0], shell.slice(1), { encoding: 'buffer', timeout: 60_000 })
    return trimmed(stdout)
  } catch {
    // What the command printed may hold the secret, so none of it is repeated.
    throw new IsthmusError('KEY_UNAVAILABLE', 'the command in ISTHMUS_MASTER_SECRET_COMMAND failed; run it by hand to see why')
  }
}

/** The secret that Isthmus made for itself, or makes now. Of two commands that start at once both get the one made first. */
async function ownFile(file: string): Promise<Buffer> {
  const found = await readFile(file).catch(() => undefined)
  if (found) return trimmed(found)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, randomBytes(48).toString('base64'), { mode: ownerOnly, flush: true })
  await link(draft, file).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  await rm(draft)
  return trimmed(await readFile(file))
}

/** Without the newline that editors and commands add. */
function trimmed(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes
}
