import { Decoder, Encoder, ExtData, ExtensionCodec } from '@msgpack/msgpack'
import { UNKNOWN, Unknown } from './unknown.ts'

/**
 * Values travel as MessagePack. Extension 0 is an unknown value and extension 12 one with refinements, which may be dropped
 * by whoever only reads (OpenTofu 1.12, docs/plugin-protocol/object-wire-format.md). Both are written as extension 0.
 */
const unknownExtension = 0
const refinedExtension = 12

const codec = new ExtensionCodec()
codec.register({
  type: unknownExtension,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
})
codec.register({ type: refinedExtension, encode: () => null, decode: () => UNKNOWN })

const encoder = new Encoder({ extensionCodec: codec })
const decoder = new Decoder({ extensionCodec: codec })

/** A value as message `DynamicValue`. */
export function encodeValue(value: unknown): { msgpack: Uint8Array } {
  return { msgpack: Uint8Array.from(encoder.encode(value)) }
}

/** The value of a message `DynamicValue`; null where the message is empty. */
export function decodeValue(message: unknown): unknown {
  if (typeof message !== 'object' || message === null) return null
  if ('msgpack' in message && message.msgpack instanceof Uint8Array && message.msgpack.length > 0) {
    return withoutExtensions(decoder.decode(message.msgpack))
  }
  if ('json' in message && message.json instanceof Uint8Array && message.json.length > 0) return parseJson(message.json)
  return null
}

/** The value of JSON text, as states are stored. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes))
}

/** Extensions that nobody registered mean unknown, too. */
function withoutExtensions(value: unknown): unknown {
  if (value instanceof ExtData) return UNKNOWN
  if (value instanceof Unknown) return value
  if (Array.isArray(value)) return value.map(withoutExtensions)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutExtensions(inner)]))
}
