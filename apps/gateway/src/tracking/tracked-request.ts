import { z } from 'zod'
import { defineKind, type Kind } from '../store/index.ts'

/** What is remembered of a request, with its secrets taken out. */
export const trackedRequestSchema = z.object({
  startTime: z.string(),
  /** Undefined while the request is being handled. */
  endTime: z.string().optional(),
  status: z.enum(['Handling', 'Success', 'Error']),
  method: z.string(),
  url: z.string(),
  header: z.record(z.string(), z.string()),
  body: z.unknown(),
  /** Name of the gateway that handles it. */
  gateway: z.string().default(''),
  /** Ties the run that does the work to it: the gateway may be gone before that ends. */
  key: z.string().default(''),
  responseData: z.unknown(),
  errorResponse: z.string(),
})
export type TrackedRequest = z.infer<typeof trackedRequestSchema>

export const trackedRequestKind: Kind<TrackedRequest> = defineKind('request', trackedRequestSchema)
