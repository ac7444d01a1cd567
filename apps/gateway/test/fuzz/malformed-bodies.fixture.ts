import { gzipSync } from 'node:zlib'
import type { BodyOperation } from './json-samples.fixture.ts'

/** A body that nobody may accept, and how it is sent. */
export interface MalformedBody {
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string>>
  /** Without a length: the server learns only at the end how long it is. */
  readonly isChunked: boolean
}

/** Broken JSON, whatever the operation. */
const brokenTexts: readonly string[] = [
  '{', '[', '"', '}', ']', 'nul', 'NaN', 'Infinity', 'undefined', "{'a':1}", '{"a":1,}', '{"a" 1}', '{a:1}', '[1,]', '{"a":01}', '{"a":1e}', '{"a":+1}', '{"a":.5}', '{"a":0x1}',
  String.raw`{"a":"\x41"}`, '{"a":"\t"}', '{"a":"\n"}', '{"a":"b}', '/**/{}', '//\n{}', '{}{}', '{},', '\u00a0{}', '\ufeff\ufeff{}', '{"a":tru}', '{"a":"\\', String.raw`{"a":"\u12"}`,
  // JSON, but nothing that can be kept.
  String.raw`{"a":"\ud800"}`, String.raw`{"a":"\udc00\ud800"}`, String.raw`{"\udfff":1}`, String.raw`{"a":"\u0000"}`, String.raw`{"\u0000":1}`, '{"a":"\u0000"}', '\u0000',
  // JSON, but no object.
  '[]', '[{}]', '1', '-0', '1e999', 'true', '"text"', '[[]]',
  '['.repeat(33) + ']'.repeat(33), '{"a":'.repeat(33) + '1' + '}'.repeat(33), '['.repeat(100_000), '{"a":'.repeat(100_000), '{"a":['.repeat(50_000),
]

/** Bytes that are no UTF-8. */
const brokenBytes: readonly number[][] = [[0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff], [0xfe, 0xff], [0x80], [0xf0, 0x9f, 0x98]]

const otherTypes: readonly string[] = ['text/plain', 'text/html', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonx', 'application/yaml', 'json', 'application/json; charset=utf-16', 'application/json; charset=iso-8859-1', 'application/json; charset="utf-7"']
const encodings: readonly string[] = ['gzip', 'br', 'deflate', 'zstd', 'x-unknown']

/** Values that stand where others are wanted; which of them are wrong, the schema says. */
const oddValues: readonly unknown[] = [
  null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 60, '', ' ', 'a b', '-a', 'a-', '1', '\u017f', 'a\u212a', '\u202ea', 'a\u200b', 'a\u0301', '\u{1f600}', 'a'.repeat(200), 'a'.repeat(5000), '../a', 'a/b', 'a%00', 'a\r\nb', '${a}', '__proto__', '1e3', '99999999999999999999',
  [], [null], [[]], [1, 'a', {}], {}, { a: { a: {} } }, JSON.parse('{"__proto__":{"polluted":true}}'), { constructor: { prototype: { polluted: true } } },
]

/** Endless bodies that an operation must turn away: first one of each sort, then odd values and cuts at random places. */
export function* malformedBodies({ sample, admits }: BodyOperation, random: () => number): Generator<MalformedBody> {
  const text = JSON.stringify(sample)
  for (const broken of brokenTexts) yield asJson(broken)
  for (const bytes of brokenBytes) yield asJson(Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]))
  for (const type of otherTypes) yield { ...asJson(text), headers: { 'content-type': type } }
  for (const encoding of encodings) yield { ...asJson(text), headers: { 'content-type': 'application/json', 'content-encoding': encoding } }
  yield asJson(gzipSync(text))
  yield asJson(Buffer.from(text, 'utf16le'))
  yield asJson(`{"a":"${'a'.repeat(1024 * 1024)}"}`)
  yield { ...asJson(`{"a":"${'a'.repeat(1024 * 1024)}"}`), isChunked: true }
  yield { ...asJson('{"a":'), isChunked: true }
  for (const body of [...oddBodies(sample)].filter((body) => !admits(body))) yield asJson(JSON.stringify(body))
  for (;;) yield random() < 0.5 ? asJson(text.slice(0, 1 + Math.floor(random() * (text.length - 1)))) : asJson(withByte(text, random))
}

function asJson(body: string | Buffer): MalformedBody {
  return { bytes: Buffer.from(body), headers: { 'content-type': 'application/json' }, isChunked: false }
}

/** A text with one byte that no UTF-8 has. */
function withByte(text: string, random: () => number): Buffer {
  const bytes = Buffer.from(text)
  bytes[Math.floor(random() * bytes.length)] = 0xf8 + Math.floor(random() * 8)
  return bytes
}

/** A value with each of its parts replaced by each odd value, and with each of its members left out. */
function* oddBodies(value: unknown): Generator<unknown> {
  yield* oddValues
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const odd of oddBodies(item)) yield value.with(index, odd)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))
      for (const odd of oddBodies(member)) yield { ...value, [key]: odd }
    }
  }
}
