import { z } from 'zod'

/** Parameter of all paths below a terrarium. */
export const oneTerrarium = z.object({ trId: z.string().describe('Id of a terrarium: its name. Its VPN is for the credential holder who made it; to others, and where there is no such terrarium, the answer is 403') })
