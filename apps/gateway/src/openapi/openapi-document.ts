import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ServiceEnv } from '../http/service-env.ts'
import { tags } from './tags.ts'

const description = `Private networks across clouds, through three APIs:

- **Isthmus**, \`/isthmus/v1\`: an order says which networks should reach each other, and a run does the work.
- **Tumblebug**, \`/tumblebug\`: networks and VPNs as clients of CB-Tumblebug ask for them.
- **Terrarium**, \`/terrarium\`: VPNs between networks that clouds hold already, as clients of mc-terrarium ask for them.

*Authorize* logs in: unless other credentials are configured, with user \`default\` and password \`default\`. Bodies can be sent as they are shown,
but those of networks that a cloud holds already, which need the ids in that cloud.

Every request may have these headers:

- \`x-request-id\` is the id of the request: up to 128 letters, digits and \`_ . : @ / + -\`. It is in the answer and in the log; one is made where there is none of that form.
  A Tumblebug request that changes something is remembered under it, for \`GET /tumblebug/request/{reqId}\`, and an id that is remembered is refused with 409.
- \`x-request-source\` is kept with such a request, so that \`GET /tumblebug/requests\` can be asked for it.

Bodies have at most 1 MiB. The keys of Tumblebug and Terrarium bodies match in any case, \`null\` is the same as left out, and keys that nobody knows are passed over. One client may
make 50 requests in a second unless that is configured otherwise; more answer 429. Long work goes on whoever hangs up: it is a run, and \`/isthmus/v1/runs\` shows it.`

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
