import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { locateTofu, Workspace, type TofuBinary, type WorkspaceOptions } from '../src/index.ts'

/** A binary that has to be built first takes minutes; everything after that is quick. */
export const installTime = 15 * 60_000

const folders: string[] = []
const opened: Workspace[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((workspace) => workspace.close()))
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })))
})

/** The OpenTofu of this machine. */
export function realTofu(): Promise<TofuBinary> {
  return locateTofu({ log: (line) => process.stderr.write(`${line}\n`) })
}

/** A folder of its own for one test. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-tofu-'))
  folders.push(folder)
  return folder
}

/** A workspace that is closed and removed after the test. */
export function open(options: Pick<WorkspaceOptions, 'binary' | 'dir'> & Partial<WorkspaceOptions>): Workspace {
  const workspace = new Workspace({ stateKey: randomBytes(32), environment: {}, ...options })
  opened.push(workspace)
  return workspace
}

/** A stack of built-in resources, which need no provider and no cloud. */
export function stackOf(resources: Readonly<Record<string, object>>, rest: object = {}): Record<string, string> {
  return { 'main.tf.json': JSON.stringify({ terraform: { required_version: '>= 1.12.0' }, ...(Object.keys(resources).length > 0 ? { resource: { terraform_data: resources } } : {}), ...rest }) }
}

/** A resource whose creation runs a shell script. */
export function scripted(command: string, input = 'x'): object {
  return { input, provisioner: [{ 'local-exec': { command } }] }
}

/** Files below a folder that contain a text. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found = await Promise.all(paths.map(async (path) => ((await readFile(path)).includes(text) ? [path] : [])))
  return found.flat()
}
