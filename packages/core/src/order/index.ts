export { orderJsonSchema } from './json-schema.ts'
export { orderSchema, type OrderDocument } from './schema.ts'
