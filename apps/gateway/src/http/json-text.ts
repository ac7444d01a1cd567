import { isProblem, Problem } from './problem.ts'

/** Levels of objects and arrays that a body may nest. The deepest body of any client has seven. */
const deepest = 32
/** Values of a body: ten thousand subnets with a name and a block each have half as many, and checking them holds up everybody else. */
const mostValues = 50_000

/**
 * Parses a JSON body. An empty one counts as an empty object, as the peers do it.
 *
 * @throws Problem BODY_UNREADABLE for broken JSON, too deep nesting, too many values, and NUL characters and halves of surrogate pairs, which no store keeps
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {}
  const { depth, values } = measure(text)
  if (depth > deepest) throw new Problem('BODY_UNREADABLE', `the body nests more than ${deepest} levels`)
  if (values > mostValues) throw new Problem('BODY_UNREADABLE', `the body holds more than ${mostValues} values`)
  if (escapedNul.test(text) || text.includes('\u0000')) throw new Problem('BODY_UNREADABLE', 'the body contains a NUL character; remove it')
  try {
    return refuseHalves(text, JSON.parse(text))
  } catch (error) {
    if (isProblem(error)) throw error
    throw new Problem('BODY_UNREADABLE', `the body is not valid JSON: ${error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'it ends too early'}`, { cause: error })
  }
}

/** A backslash that is escaped itself begins no escape. */
const escapedNul = /(?:^|[^\\])(?:\\\\)*\\u0000/
const escapedSurrogate = /(?:^|[^\\])(?:\\\\)*\\u[dD][89a-fA-F]/

/** Whole pairs come out of {@link JSON.stringify} as characters, halves as escapes. */
function refuseHalves(text: string, value: unknown): unknown {
  if (escapedSurrogate.test(text) && escapedSurrogate.test(JSON.stringify(value))) throw new Problem('BODY_UNREADABLE', 'the body contains half of a surrogate pair; remove it')
  return value
}

/** Levels of nesting and number of values, without parsing: a parser and everything behind it would recurse, and take their time. */
function measure(text: string): { readonly depth: number; readonly values: number } {
  let [depth, most, values, quoted] = [0, 0, 1, false]
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index)
    if (quoted) {
      if (character === backslash) index += 1
      else if (character === quote) quoted = false
    } else if (character === quote) quoted = true
    else if (character === openBracket || character === openBrace) most = Math.max(most, (depth += 1))
    else if (character === closeBracket || character === closeBrace) depth -= 1
    else if (character === comma) values += 1
  }
  return { depth: most, values }
}

const [quote, comma, backslash, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x2c, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]
