import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ServiceEnv } from '../http/service-env.ts'
import { tags } from './tags.ts'

const description = `Private networks across clouds, through three APIs:

- **Isthmus**, \`/isthmus/v1\`: an order says which networks should reach each other, and a run does the work.
- **Tumblebug**, \`/tumblebug\`: networks and VPNs as clients of CB-Tumblebug ask for them.
- **Terrarium**, \`/terrarium\`: VPNs between networks that clouds hold already, as clients of mc-terrarium ask for them.

*Authorize* logs in: unless other credentials are configured, with user \`default\` and password \`default\`. Bodies can be sent as they are shown,
but those of networks that a cloud holds already, which need the ids in that cloud.`

/** The OpenAPI document of everything that is registered. */
export function openApiDocument(app: OpenAPIHono<ServiceEnv>, version: string): object {
  // The page puts the cursor into the last of them, and most log in with a password.
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', description: 'A token' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'basic', { type: 'http', scheme: 'basic', description: 'A user and a password' })
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Isthmus gateway', version, description },
    tags: tags.map(([name, text]) => ({ name, description: text })),
  })
}
