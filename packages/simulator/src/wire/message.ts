import { Refusal } from '../behaviour/behaviour.ts'
import { isBlock, type AttributeSchema, type Members, type TypeSchema } from '../schema/schema.ts'
import { ctyType } from '../schema/shape.ts'

const nestings = { single: 1, list: 2, set: 3 } as const

/** A schema as message `Schema`. */
export function schemaMessage(schema: TypeSchema): object {
  return { version: schema.version, block: blockMessage(schema.attributes, schema.version) }
}

function blockMessage(members: Members, version: number): object {
  const entries = Object.entries(members)
  return {
    version,
    attributes: entries.filter(([, schema]) => !isBlock(schema)).map(([name, schema]) => attributeMessage(name, schema)),
    block_types: entries.filter(([, schema]) => isBlock(schema)).map(([name, schema]) => nestedMessage(name, schema)),
  }
}

function attributeMessage(name: string, schema: AttributeSchema): object {
  return {
    name,
    type: new TextEncoder().encode(JSON.stringify(ctyType(schema))),
    required: schema.required ?? false,
    optional: schema.optional ?? false,
    computed: schema.computed ?? false,
    sensitive: schema.sensitive ?? false,
    deprecated: schema.deprecated ?? false,
    write_only: schema.writeOnly ?? false,
  }
}

/** As the plugin SDK does it: a required block occurs at least once, and the minimum of an optional one is not enforced. */
function nestedMessage(name: string, schema: AttributeSchema): object {
  const nesting = schema.type === 'set' || schema.type === 'single' ? nestings[schema.type] : nestings.list
  return {
    type_name: name,
    nesting,
    block: blockMessage(schema.block ?? {}, 0),
    min_items: schema.required ? schema.minItems ?? 1 : 0,
    max_items: schema.type === 'single' ? 0 : schema.maxItems ?? 0,
  }
}

/** Where in an object something is: attribute names and list positions. */
export type Path = readonly (string | number)[]

/** A path as message `AttributePath`. */
export function pathMessage(path: Path): object {
  return { steps: path.map((step) => (typeof step === 'number' ? { element_key_int: step } : { attribute_name: step })) }
}

const errorSeverity = 1

/** What went wrong as message `Diagnostic`. */
export function diagnosticMessage(error: unknown): object {
  if (error instanceof Refusal) {
    const at = error.path.length > 0 ? { attribute: pathMessage(error.path) } : {}
    return { severity: errorSeverity, summary: error.message, detail: error.detail, ...at }
  }
  const summary = error instanceof Error ? error.message : String(error)
  return { severity: errorSeverity, summary: `The simulated cloud failed: ${summary}`, detail: error instanceof Error ? error.stack ?? '' : '' }
}
