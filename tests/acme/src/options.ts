import { z } from 'zod'

/** What a user may set for a site in Acme Cloud. */
export const options = z.strictObject({
  size: z.enum(['small', 'large']).default('small').describe('Size of the gateway.'),
})

/** Options of a site in Acme Cloud, with every default filled in. */
export type AcmeOptions = z.output<typeof options>
