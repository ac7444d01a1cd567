// Applies stacks as a gateway that is killed meanwhile: prints each event as a line of JSON. Argument: what it works with, as JSON.
import { runnerImport } from 'vite'

const { module } = await runnerImport(new URL('./doomed-gateway.fixture.ts', import.meta.url).pathname)
await module.applyAsGateway(JSON.parse(process.argv[2] ?? '{}'), (event) => process.stdout.write(`${JSON.stringify(event)}\n`))
