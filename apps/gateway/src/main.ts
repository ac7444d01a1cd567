import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { isIsthmusError } from '@isthmus/core'
import pino from 'pino'
import { ConfigurationError, configurationFile, configurationJsonSchema, isLoopback, readConfiguration, type ReadConfiguration } from './configuration/read-configuration.ts'
import { hashSecret } from './http/authentication.ts'
import { startGateway, type Gateway } from './start/start-gateway.ts'
import { isStoreError } from './store/index.ts'

const usage = `isthmus-gateway          start the gateway; see its README for the configuration
isthmus-gateway hash     print the hash of a password or token, read from standard input
isthmus-gateway schema   print the JSON Schema of the configuration file
`

/** The command: starts the gateway and keeps it until a signal ends it. */
export async function main(args: readonly string[]): Promise<void> {
  const [command] = args
  if (command === undefined) return serve()
  if (command === 'schema') return print(`${JSON.stringify(configurationJsonSchema(), null, 2)}\n`)
  if (command === 'hash') return hash()
  print(usage)
  process.exitCode = command === '--help' || command === '-h' ? 0 : 2
}

async function serve(): Promise<void> {
  try {
    const read = readConfiguration(process.env, process.cwd())
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
    const log = pino({ level: read.configuration.logLevel }, pino.destination({ fd: 2, sync: false }))
    for (const warning of read.warnings) log.warn(warning)
    const gateway = await startGateway(read, { env: process.env, log, version })
    print(greeting(read, gateway, version))
    endWith(gateway.stop, log)
  } catch (error) {
    if (!(error instanceof ConfigurationError || isIsthmusError(error) || isStoreError(error))) throw error
    process.stderr.write(`${error.message}\n`)
    // A search for OpenTofu may still be under way.
    process.exit(1)
  }
}

/** What people look for first when a gateway has started. */
function greeting({ configuration, file }: ReadConfiguration, { url, tofu }: Gateway, version: string): string {
  const { simulated, credentials, host, dataFolder, databaseUrl } = configuration
  return `Isthmus gateway ${version} at ${url} with ${simulated ? 'simulated' : 'real'} clouds
API page: ${url}/
Log in: ${credentials === undefined && isLoopback(host) ? 'user default, password default' : 'as configured'}
Configuration: ${file ?? `no ${configurationFile}`}
Data: ${dataFolder}${databaseUrl === undefined ? '' : ` and ${withoutPassword(databaseUrl)}`}
OpenTofu: ${tofu === undefined ? `none yet; ${url}/tumblebug/readyz says why` : `${tofu.version}, ${tofu.path}`}
`
}

function withoutPassword(databaseUrl: string): string {
  return databaseUrl.replace(/\/\/.*@/, '//').replace(/\?.*/, '')
}

/** The first signal ends the gateway in good order, the second at once. */
function endWith(stop: () => Promise<void>, log: pino.Logger): void {
  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1)
      ending = true
      log.info({ signal }, 'stopping')
      stop().then(() => process.exit(0), (error: unknown) => {
        log.error({ err: error }, 'stopping')
        process.exit(1)
      })
    })
  }
}

async function hash(): Promise<void> {
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) {
    print(`${await hashSecret(line)}\n`)
    break
  }
}

function print(text: string): void {
  process.stdout.write(text)
}
