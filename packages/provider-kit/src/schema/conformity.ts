import type { Fragment, ProviderUse } from '@isthmus/core'
import { validateBody, validateResource, type Problem, type ProviderSchema } from '@isthmus/simulator'
import { addressOf } from './resource.ts'

/** What the OpenTofu provider would refuse of a fragment. */
export function invalidIn({ resources }: Fragment, schema: ProviderSchema): string[] {
  return resources.flatMap((resource) => {
    const type = resource.mode === 'data' ? `data.${resource.type}` : resource.type
    return validateResource(schema, type, resource.body).map((problem) => `${addressOf(resource)}: ${sentence(problem)}`)
  })
}

/** What the OpenTofu provider would refuse of its own configuration. */
export function invalidConfiguration({ configuration }: ProviderUse, schema: ProviderSchema): string[] {
  return validateBody(schema.configuration, configuration).map(sentence)
}

function sentence({ path, detail }: Problem): string {
  return path === '' ? detail : `${path}: ${detail}`
}
