import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { finding, type Finding } from '@isthmus/core'
import { parseDocument } from 'yaml'

/** Largest order that is read: a mesh of thousands of sites is a few hundred kilobytes. */
const mostBytes = 8 * 1024 * 1024

/** Standard input can be read only once, and some commands plan an order twice. */
let standardInput: Promise<Buffer> | undefined

/** Reads an order file, YAML or JSON (which is YAML too); `-` reads standard input. */
export async function readOrder(file: string): Promise<{ order: unknown } | { findings: Finding[] }> {
  const text = await readText(file)
  if (typeof text !== 'string') return { findings: [text] }
  const document = parseDocument(text, { uniqueKeys: true, strict: true, prettyErrors: true })
  const [error] = document.errors
  if (error) {
    const line = error.linePos?.[0].line
    return { findings: [finding('ORDER_UNREADABLE', '', { title: `${file} is not valid YAML or JSON${line === undefined ? '' : ` at line ${line}`}: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`, hint: `correct ${file}${line === undefined ? '' : ` at line ${line}`}.` })] }
  }
  try {
    // Aliases are limited, so that a small text cannot become a huge order.
    return { order: document.toJS({ maxAliasCount: 100 }) }
  } catch (error_) {
    return { findings: [finding('ORDER_UNREADABLE', '', { title: `${file} cannot be read: ${error_ instanceof Error ? error_.message : String(error_)}.`, hint: 'write repeated parts out instead of using aliases.' })] }
  }
}

async function readText(file: string): Promise<string | Finding> {
  try {
    const bytes = file === '-' ? await (standardInput ??= buffer(process.stdin)) : await readFile(file)
    if (bytes.length <= mostBytes) return bytes.toString('utf8')
    return finding('ORDER_UNREADABLE', '', { title: `${file} is larger than ${mostBytes / 1024 / 1024} MiB.`, hint: 'split the order.' })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error instanceof Error ? error.message : String(error)})`
    return finding('ORDER_UNREADABLE', '', { title: `${file} ${reason}.`, why: 'there is no order to work on.', hint: 'give the path of an order file, or - for standard input.' })
  }
}
