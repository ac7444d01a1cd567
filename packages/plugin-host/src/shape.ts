import type { AnyProvider } from '@isthmus/core'
import type { SimulatedCloud } from '@isthmus/simulator'
import { z } from 'zod'
import type { Manifest } from './manifest.ts'
import type { Fault } from './plugin.ts'

const isFunction = z.custom((value) => typeof value === 'function', 'must be a function')
const isSchema = z.custom((value) => typeof value === 'object' && value !== null && typeof Reflect.get(value, 'safeParse') === 'function', 'must be a zod schema')

/** Every fact has its source and the day it was checked; the values are the provider kit's business. */
const fact = z.looseObject({ value: z.unknown().refine((value) => value !== undefined, 'is missing'), source: z.string().min(1), checked: z.iso.date() })
const factWith = (value: z.ZodType): z.ZodType => z.looseObject({ value, source: z.string().min(1), checked: z.iso.date() })

const factsSchema = z.looseObject({
  title: z.string().min(1),
  network: z.looseObject({
    vnet: z.looseObject({ ranges: factWith(z.array(z.string())), reserved: factWith(z.array(z.string())), prefix: fact, hasCidr: fact }),
    subnet: z.looseObject({ prefix: fact, reservedAddresses: fact, scope: fact }),
    regions: factWith(z.record(z.string(), z.array(z.string()))),
  }),
  terms: fact,
  ciphers: z.looseObject({ phase1: fact, phase2: fact }),
  lifetimes: fact,
  dpd: fact,
  key: fact,
  asn: fact,
  inside: fact,
  initiation: fact,
  quotas: z.looseObject({}),
  durations: fact,
})

const providerSchema = z.looseObject({
  id: z.string(),
  apiVersion: z.int(),
  facts: factsSchema,
  options: isSchema,
  environment: z.array(z.string().min(1)),
  use: isFunction,
  network: isFunction,
  offer: isFunction,
  gateway: isFunction,
  link: isFunction,
  read: isFunction,
  networks: isFunction,
  hub: z.looseObject({ transit: fact }).optional(),
})

const simulatedCloudSchema = z.looseObject({
  source: z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'must be a registry source such as acme/acme'),
  schema: z.looseObject({ source: z.string(), configuration: z.looseObject({}), resources: z.looseObject({}), dataSources: z.looseObject({}) }),
  behaviours: z.looseObject({}),
  dataSources: z.looseObject({}).optional(),
})

/** The provider that a module exports, or the fault that it is none or not the one of the manifest. */
export function asProvider(value: unknown, { isthmus }: Manifest): { readonly provider: AnyProvider } | Fault {
  if (!isProvider(value)) return wrongShape('provider', providerSchema.safeParse(value).error)
  if (value.id === isthmus.id && value.apiVersion === isthmus.apiVersion) return { provider: value }
  return {
    stage: 'shape',
    reason: `its provider is ${value.id} with apiVersion ${value.apiVersion}, and its package.json says ${isthmus.id} with ${isthmus.apiVersion}`,
    hint: 'write the same id and apiVersion in both',
  }
}

/** The simulated cloud that a module exports, or the fault that it is none or answers for a source that another has. */
export function asSimulatedCloud(value: unknown, takenSources: readonly string[]): { readonly cloud: SimulatedCloud } | Fault {
  if (!isSimulatedCloud(value)) return wrongShape('simulatedCloud', simulatedCloudSchema.safeParse(value).error)
  if (!takenSources.includes(value.source)) return { cloud: value }
  return { stage: 'shape', reason: `its simulated cloud answers for ${value.source}, as another one does already`, hint: 'remove one of the two plugins' }
}

function isProvider(value: unknown): value is AnyProvider {
  return providerSchema.safeParse(value).success
}

function isSimulatedCloud(value: unknown): value is SimulatedCloud {
  return simulatedCloudSchema.safeParse(value).success
}

function wrongShape(name: string, error: z.ZodError | undefined): Fault {
  const [issue] = error?.issues ?? []
  return { stage: 'shape', reason: `what it exports as ${name} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'no object'}`, hint: 'run the provider kit on the plugin; it names everything that is missing' }
}
