import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { composeStacks, ref, stableJson, stackFile, viewsOfStack, viewsOfState, type Json, type PlacedFragment } from '@isthmus/core'
import { locateTofu } from '@isthmus/tofu'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const run = promisify(execFile)

/** What starts or ends an expression, or means something to JSON or HCL, in any order and with any text between. */
const pieces = ['$', '${', '$${', '$$${', '%{', '%%{', '%', '}', '{', '"', '\\', '\\"', '\n', '\t', '\u2028', '~', '${~', '~}', '<<EOT\n', '/*', '#', 'é', '日本', '🜁', 'path.module', 'a.b', '${1+1}', '%{ if true }']
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\'), maxLength: 12 }),
)

function fragmentOf(texts: readonly string[]): PlacedFragment {
  return {
    id: 'network/north',
    site: 'north',
    environment: [],
    provider: { name: 'terraform', source: 'terraform.io/builtin/terraform', version: '', configuration: {} },
    resources: [
      ...texts.map((input, index) => ({ type: 'terraform_data', name: `text-${index}`, body: { input } })),
      { type: 'terraform_data', name: 'keys', body: { input: Object.fromEntries(texts.map((key) => [key, key])) } },
      { type: 'terraform_data', name: 'copy', body: { input: ref('terraform_data.text-0', 'input') } },
    ],
    exports: {},
  }
}

/** The stack without what the built-in provider, which has no configuration, does not need. */
function withoutProvider(stack: string): string {
  const document: { resource: Record<string, Record<string, Record<string, Json>>> } = JSON.parse(stack)
  const named = Object.entries(document.resource['terraform_data'] ?? {}).map(([name, body]) => [name, Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'provider'))] as const)
  return stableJson({ resource: { terraform_data: Object.fromEntries(named) } })
}

it('no text that a user writes is anything but that text to OpenTofu', { timeout: 120_000 }, async () => {
  const texts = [...new Set([...pieces, ...pieces.flatMap((piece) => [`${piece}{`, `$${piece}`, `${piece}$`]), ...fc.sample(text, { numRuns: 300, seed: 20_261_124 })])].map((item) => item.normalize('NFC'))
  const unique = [...new Set(texts)]
  const [stack] = composeStacks('literals', [fragmentOf(unique)], 'whole')
  const rendered = withoutProvider(stack?.text ?? '')
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-literals-'))
  try {
    const { path } = await locateTofu()
    const tofu = async (...args: string[]): Promise<string> => (await run(path, args, { cwd: folder, maxBuffer: 2 ** 26, env: { PATH: process.env['PATH'], HOME: folder } })).stdout
    await writeFile(join(folder, stackFile), rendered)
    await tofu('init', '-no-color')
    await tofu('apply', '-auto-approve', '-no-color', '-input=false')
    const state = viewsOfState(JSON.parse(await tofu('show', '-json')))
    const applied = new Map(state.map((view) => [view.name, view.values['output']]))
    expect(unique.map((_, index) => applied.get(`text-${index}`))).toEqual(unique)
    expect(applied.get('keys')).toEqual(Object.fromEntries(unique.map((key) => [key, key])))
    expect(applied.get('copy')).toBe(unique[0])
    // The reader of stacks understands the same texts as OpenTofu does.
    expect(viewsOfStack(rendered).filter(({ name }) => name.startsWith('text-')).map(({ name, values }) => [name, values['input']])).toEqual(unique.map((item, index) => [`text-${index}`, item]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
