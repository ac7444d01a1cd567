import { z } from 'zod'

/** Names of the peers: letters, digits, `-` and `+`, beginning with a letter and not ending with a sign. ASCII only. */
const namePattern = /^[A-Za-z](?:[-A-Za-z0-9+]*[A-Za-z0-9])?$/
const longestName = 128

/** Name of an object, which is its id too. */
export const nameSchema: z.ZodString = z.string().min(1, 'a name is missing').max(longestName, `a name has at most ${longestName} characters`).regex(namePattern, 'a name has letters, digits, - and +, begins with a letter and ends with a letter or digit')
