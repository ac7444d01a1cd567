import type { Attributes, CloudObject } from '../behaviour/behaviour.ts'
import { isAttributes } from '../wire/unknown.ts'

/** A string attribute; undefined where it is unset, unknown or of another type. */
export function text(object: Attributes, name: string): string | undefined {
  const value = object[name]
  return typeof value === 'string' ? value : undefined
}

/** A number attribute; undefined where it is unset, unknown or of another type. */
export function number(object: Attributes, name: string): number | undefined {
  const value = object[name]
  return typeof value === 'number' ? value : undefined
}

/** True where the attribute is `true`; unset and unknown count as false. */
export function flag(object: Attributes, name: string): boolean {
  return object[name] === true
}

/** The known strings of a list or set. */
export function texts(object: Attributes, name: string): string[] {
  const value = object[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The nested blocks of a name, as they are in the object: a change to one changes the object. */
export function blocks(object: Attributes, name: string): Attributes[] {
  const value = object[name]
  return Array.isArray(value) ? value.filter(isAttributes) : []
}

/** The first nested block of a name. */
export function block(object: Attributes, name: string): Attributes | undefined {
  return blocks(object, name)[0]
}

/** A map of strings; empty where it is unset. */
export function map(object: Attributes, name: string): Attributes {
  const value = object[name]
  return isAttributes(value) ? value : {}
}

/** Whether an attribute holds something, even something that is not known yet. */
export function isSet(object: Attributes, name: string): boolean {
  return object[name] !== undefined && object[name] !== null
}

/** Whether two attribute values are the same JSON. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Names of the attributes that are given and differ between two versions of an object. */
export function changed(prior: Attributes, planned: Attributes, names: readonly string[]): boolean {
  return names.some((name) => !same(prior[name], planned[name]))
}

/** Objects whose attribute has exactly this value. */
export function having(objects: readonly CloudObject[], name: string, value: unknown): CloudObject[] {
  return objects.filter((object) => object.attributes[name] === value)
}
