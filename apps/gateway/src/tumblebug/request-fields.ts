import { z } from 'zod'
import { nameSchema } from '../identity/name.ts'

/** What a name has to look like; it never changes, for it is the id as well. */
export const nameForm = 'At most 128 letters, digits, `-` and `+`; it begins with a letter and ends with a letter or digit'

/** Name of an object that a request makes. @param kind what it is called in sentences: `vNet` */
export function nameOf(kind: string): z.ZodString {
  return nameSchema.describe(`Name of the ${kind}, and its id in paths. Unique among those of the namespace: one that exists answers 409. ${nameForm}`)
}

/** Text for people. */
export const descriptionField: z.ZodOptional<z.ZodString> = z.string().optional().describe('Any text, for people. Empty when left out')

export const connectionField: z.ZodString = z.string().min(1, 'the name of a connection is missing').describe('Name of the connection, and so the cloud, region and credentials: a `configName` of `GET /tumblebug/connConfig`, such as `cloud-region`. With `x-credential-holder` it is that of this holder, `holder-cloud-region`, and the one of another holder answers 400; `admin` there says nothing')
