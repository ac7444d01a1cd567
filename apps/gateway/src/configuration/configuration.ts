import { z } from 'zod'

const scope = z.enum(['read', 'write'])

const hashWanted = 'give what `isthmus-gateway hash` prints for the password or token'
const databaseWanted = 'give a URL such as postgresql://isthmus@db/isthmus'

const credential = z.strictObject({
  kind: z.enum(['basic', 'bearer']).describe('`basic` for a user with a password, `bearer` for a token'),
  name: z.string().min(1).describe('Name of the user, or of what the token is for'),
  hash: z.string({ error: hashWanted }).regex(/^scrypt\$[\w-]+\$[\w-]+$/, { error: hashWanted }).describe('Hash of the password or token, as `isthmus-gateway hash` prints it'),
  scopes: z.array(scope).min(1).default(['read', 'write']).describe('What the caller may do: `read` looks, `write` changes things as well'),
})

/** The configuration of a gateway. Every field has a default; together they run simulated clouds on loopback. */
export const configurationSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  port: z.int().min(0).max(65535).default(1323).describe('Port to listen on; 0 for any free one'),
  terrariumPort: z.int().min(1).max(65535).optional().describe('A second port, such as 8055, for clients that expect mc-terrarium on its own'),
  dataFolder: z.string().min(1).default('.isthmus').describe('Folder for the embedded store, work folders and keys'),
  databaseUrl: z.string({ error: databaseWanted }).regex(/^postgres(?:ql)?:\/\//, { error: databaseWanted, abort: true }).refine(isUrl, { error: databaseWanted }).optional().describe('PostgreSQL instead of the embedded store, such as postgresql://isthmus@db/isthmus; several gateways may share it'),
  simulated: z.boolean().default(true).describe('Simulated clouds instead of real ones'),
  simulatedSpeed: z.number().positive().default(1000).describe('How many times faster than real ones the simulated clouds are'),
  simulatedFolder: z.string().min(1).optional().describe('Folder of the objects of the simulated clouds, where several gateways share them; inside the data folder when left out'),
  secretsFolder: z.string().min(1).optional().describe('Folder with one file per variable of a cloud, named like the variable, such as ACME_SECRET_KEY; in subfolders per credential holder'),
  credentials: z.array(credential).optional().describe('Who may call; user default with password default on loopback with simulated clouds when left out'),
  corsOrigin: z.string().min(1).default('*').describe('Origin that browsers may call from'),
  requestsPerSecond: z.int().min(1).default(50).describe('Requests that one client may make in a second'),
  runsAtATime: z.int().min(1).max(64).default(4).describe('Runs that this gateway executes at a time; as many that only read go on beside them'),
  defaultNamespace: z.string().min(1).default('default').describe('Namespace that is made at the first start'),
  statusWords: z.enum(['2026', '2025']).default('2026').describe('Words of `status` on the Tumblebug routes: `2025` says InUse for a vNet with subnets'),
  plugins: z.array(z.string().min(1)).default([]).describe('Provider plugins: names of packages, or folders'),
  discoverPlugins: z.boolean().default(false).describe('Whether direct dependencies of the configuration’s package that declare `isthmus` are plugins too'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much is logged'),
  tracesUrl: z.url().optional().describe('OTLP endpoint for traces, such as http://localhost:4318/v1/traces; none are made when left out'),
})

/** Fields of one of the credentials. */
export const credentialFields: readonly string[] = Object.keys(credential.shape)

/** A host may be missing, where the database is behind a socket of this machine. */
function isUrl(text: string): boolean {
  return URL.canParse(text.replace('@/', '@localhost/'))
}

/** A gateway's configuration, with every default filled in. */
export type Configuration = z.infer<typeof configurationSchema>
