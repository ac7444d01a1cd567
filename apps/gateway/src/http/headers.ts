import { z } from 'zod'

// What the page of the API says of headers. Nothing is checked by it: the code that reads a header does that.

/** Of operations that wait for a run. */
export const prefer: z.ZodObject = z.object({ Prefer: z.string().optional().describe('`respond-async` answers 202 with the run at once; else the answer comes when the work is done, however long that takes. The work goes on in both cases, whoever hangs up') })

/** Of operations that depend on who asks. */
export const holder: z.ZodObject = z.object({ 'x-credential-holder': z.string().optional().describe('Credential holder, in any case, in whose name and with whose credentials the request is made; `admin` when left out. One that is not known answers 400') })

/** Of operations that wait for a run and depend on who asks. */
export const holderAndPrefer: z.ZodObject = holder.extend(prefer.shape)

/** Of operations that clients may send again to be sure. */
export const idempotencyKey: z.ZodObject = z.object({ 'Idempotency-Key': z.string().optional().describe('Any text that no other request has. The same request sent again with it is answered with the same run and does nothing more, for as long as the run is kept; another request with it answers 409') })
