import { z } from 'zod'

/** What the words of a status mean. */
export const statusWords = '`Available`; `Creating`, `Deleting`, `Registering` or `Deregistering` while a run is at work; `Failed`, for which the condition `Ready` has the reason; `Unknown`'
export const statusField: z.ZodString = z.string().describe(statusWords)

export const uidField: z.ZodString = z.string().describe('`tb` and 18 characters, unique among all objects. Names in the clouds contain it')
