import { z } from 'zod'

/** What a user may set for a site in Cloudname. Accepts `{}`; unknown keys are refused; every field has a description. */
export const options = z.strictObject({})

/** Options of a site in Cloudname, with every default filled in. */
export type CloudnameOptions = z.output<typeof options>
