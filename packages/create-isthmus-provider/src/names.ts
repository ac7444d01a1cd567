/** A cloud's name as it is spelt in different places. */
export interface Names {
  /** As orders write it: `acme-cloud`. */
  readonly id: string
  /** In code: `acmeCloud`. */
  readonly variable: string
  /** As part of a type's name: `AcmeCloud`. */
  readonly type: string
  /** In the environment: `ACME_CLOUD`. */
  readonly environment: string
  /** Of the package, and of its folder. */
  readonly package: string
}

/** Longest name of a site, and so of a cloud that a site may be named for. */
const longestId = 20

/** The spellings of a name, or why it cannot be one and what to write instead. */
export function namesOf(id: string): Names | { readonly problem: string } {
  if (id.length > longestId) return { problem: `"${id}" has ${id.length} characters, and a cloud's name has at most ${longestId}: shorten it` }
  if (!/^[a-z](?:-?[a-z0-9])*$/.test(id)) return { problem: `"${id}" cannot be a cloud's name: write lower-case letters, digits and single hyphens, starting with a letter, such as ${proposal(id)}` }
  const type = id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  const variable = type.charAt(0).toLowerCase() + type.slice(1)
  if (taken.has(variable)) return { problem: `"${id}" is a word that the package needs for itself: write ${id}-cloud` }
  return { id, variable, type, environment: id.replaceAll('-', '_').toUpperCase(), package: `isthmus-provider-${id}` }
}

/** What the source files export, what the kit pairs with, and words that cannot name a constant. */
const taken: ReadonlySet<string> = new Set([
  'facts', 'options', 'network', 'networks', 'offer', 'gateway', 'link', 'read', 'hub', 'provider', 'mirror', 'unfinished',
  'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum', 'export', 'extends', 'false', 'finally', 'for',
  'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield',
])

function proposal(id: string): string {
  const words = id.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 0)
  const joined = words.join('-').replace(/^[^a-z]+/, '')
  return joined.length > 0 ? joined : 'acme'
}
