const secretNames = /authorization|cookie|password|secret|token|credential(?!holder|-holder|name)|private.?key|pre.?shared?|shared?.?key|psk|access.?key/i
const hidden = '[redacted]'

/** Headers that may be kept: the rest says nothing that anybody needs later, or is secret. */
const keptHeaders = ['accept', 'content-type', 'prefer', 'user-agent', 'x-credential-holder', 'x-request-id', 'x-request-source']

export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (keptHeaders.includes(name) ? [[name, value]] : name === 'authorization' ? [[name, hidden]] : [])))
}

/** A JSON value without what its keys call secret. */
export function redactValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, secretNames.test(key) ? hidden : redactValue(member)]))
}
