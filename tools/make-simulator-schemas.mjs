// Makes packages/simulator/src/clouds/<cloud>/schema.ts from a folder of schema facts (<provider>.json each).
//
//   node tools/make-simulator-schemas.mjs <folder with the schema facts>
//
// The facts are printed by the real providers' own code and are not part of this repository. Everything that is not structure
// (remarks, markers of origin per attribute, what the cloud uses when an argument is unset) is left out.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const clouds = [
  { cloud: 'aws', file: 'aws.json', source: 'hashicorp/aws', configuration: awsConfiguration(), additions: awsAdditions() },
  { cloud: 'azure', file: 'azurerm.json', source: 'hashicorp/azurerm' },
  { cloud: 'gcp', file: 'google.json', source: 'hashicorp/google', skipConfiguration: /_custom_endpoint$/ },
  { cloud: 'alibaba', file: 'alicloud.json', source: 'aliyun/alicloud', additions: alibabaAdditions() },
  { cloud: 'tencent', file: 'tencentcloud.json', source: 'tencentcloudstack/tencentcloud' },
  { cloud: 'ibm', file: 'ibm.json', source: 'IBM-Cloud/ibm', dataAdditions: ibmDataAdditions() },
]

/** In the order in which they are written. */
const kept = [
  'type', 'elem', 'attrMode', 'required', 'optional', 'computed', 'deprecated', 'sensitive', 'secret', 'writeOnly', 'forceNew', 'default',
  'minItems', 'maxItems', 'values', 'min', 'max', 'minLength', 'maxLength', 'pattern', 'notPattern', 'format', 'prefix', 'prefix4', 'prefix6',
  'within', 'notWithin', 'notIn', 'ranges', 'nonZero', 'apiValues', 'apiRanges', 'conflictsWith', 'exactlyOneOf', 'atLeastOneOf', 'requiredWith',
]
const dropped = ['block', 'apiDefault', 'forceNewIf', 'noUpdate']

/** Secrets that the real schemas do not mark as sensitive: type, then dotted attribute. */
const unmarkedSecrets = new Set([
  'azurerm_vpn_gateway_connection vpn_link.shared_key',
  'azurerm_virtual_network_gateway vpn_client_configuration.radius_server_secret',
  'google_compute_router md5_authentication_keys.key',
  'alicloud_vpn_connection ike_config.psk',
  'alicloud_vpn_connection tunnel_options_specification.tunnel_ike_config.psk',
  'alicloud_vpn_gateway_vpn_attachment ike_config.psk',
  'alicloud_vpn_gateway_vpn_attachment tunnel_options_specification.tunnel_ike_config.psk',
  'tencentcloud_key_pair private_key',
  'tencentcloud_vpn_connection pre_share_key',
  'tencentcloud_vpn_connections connection_list.pre_share_key',
  'ibm_is_vpn_gateway_connection preshared_key',
])

/** The facts of AWS hold no provider arguments; these are the ones of its documentation that a stack may set. */
function awsConfiguration() {
  const text = { type: 'string', optional: true }
  return {
    access_key: text,
    default_tags: { type: 'list', optional: true, maxItems: 1, block: { tags: { type: 'map', elem: 'string', optional: true } } },
    endpoints: { type: 'set', optional: true, block: { ec2: text, logs: text, sts: text } },
    ignore_tags: {
      type: 'list', optional: true, maxItems: 1,
      block: { key_prefixes: { type: 'set', elem: 'string', optional: true }, keys: { type: 'set', elem: 'string', optional: true } },
    },
    max_retries: { type: 'int', optional: true },
    profile: text,
    region: text,
    secret_key: text,
    shared_config_files: { type: 'list', elem: 'string', optional: true },
    shared_credentials_files: { type: 'list', elem: 'string', optional: true },
    skip_credentials_validation: { type: 'bool', optional: true },
    skip_metadata_api_check: text,
    skip_region_validation: { type: 'bool', optional: true },
    skip_requesting_account_id: { type: 'bool', optional: true },
    sts_region: text,
    token: text,
    allowed_account_ids: { type: 'set', elem: 'string', optional: true },
    assume_role: { type: 'list', optional: true, block: { role_arn: text, session_name: text, external_id: text, duration: text } },
  }
}

/** Read in the provider's source, internal/service/ec2/vpc_ipv4_cidr_block_association.go (checked 2026-11-24); `region` as everywhere. */
function awsAdditions() {
  return {
    aws_vpc_ipv4_cidr_block_association: {
      version: 0,
      timeouts: { create: '10m', delete: '10m' },
      attributes: {
        cidr_block: { type: 'string', optional: true, computed: true, forceNew: true, format: 'cidr', prefix: [16, 28] },
        ipv4_ipam_pool_id: { type: 'string', optional: true, forceNew: true },
        ipv4_netmask_length: { type: 'int', optional: true, forceNew: true, min: 16, max: 28 },
        region: { type: 'string', optional: true, computed: true, forceNew: true },
        vpc_id: { type: 'string', required: true, forceNew: true },
      },
    },
  }
}

/** Read in the provider's documentation, website/docs/r/vpc_ipv4_cidr_block.html.markdown (checked 2026-11-24). */
function alibabaAdditions() {
  return {
    alicloud_vpc_ipv4_cidr_block: {
      version: 0,
      timeouts: { create: '5m', delete: '5m' },
      attributes: {
        ipv4_ipam_pool_id: { type: 'string', optional: true },
        region_id: { type: 'string', computed: true },
        secondary_cidr_block: { type: 'string', optional: true, computed: true, forceNew: true },
        secondary_cidr_mask: { type: 'int', optional: true },
        vpc_id: { type: 'string', required: true, forceNew: true },
      },
    },
  }
}

/** Read in the provider's source, ibm/service/vpc/data_source_ibm_is_vpc_address_prefixes.go (checked 2026-11-24). */
function ibmDataAdditions() {
  const text = { type: 'string', computed: true }
  const flag = { type: 'bool', computed: true }
  const zone = { type: 'list', computed: true, block: { href: text, name: text } }
  return {
    ibm_is_vpc_address_prefixes: {
      version: 0,
      attributes: {
        address_prefixes: { type: 'list', computed: true, block: { cidr: text, created_at: text, has_subnets: flag, href: text, id: text, is_default: flag, name: text, zone } },
        name: { type: 'string', optional: true },
        vpc: { type: 'string', required: true },
      },
    },
  }
}

const types = new Set(['string', 'int', 'float', 'bool', 'list', 'set', 'map', 'single'])

function compact(fact, path) {
  const where = path.join(' ')
  for (const key of Object.keys(fact)) if (!kept.includes(key) && !dropped.includes(key)) throw new Error(`${where}: unknown key ${key}`)
  if (!types.has(fact.type)) throw new Error(`${where}: unknown type ${fact.type}`)
  const out = {}
  for (const key of kept) if (fact[key] !== undefined && fact[key] !== false) out[key] = fact[key]
  if (fact.default === false) out.default = false
  if (fact.type === 'map' && !fact.elem) out.elem = 'string'
  if (['list', 'set'].includes(fact.type) && !fact.elem && !fact.block) throw new Error(`${where}: a ${fact.type} of nothing`)
  if (unmarkedSecrets.has(`${path[0]} ${path.slice(1).join('.')}`)) out.secret = true
  if (fact.block) out.block = members(fact.block, path)
  return out
}

function members(facts, path) {
  return Object.fromEntries(Object.keys(facts).sort().map((name) => [name, compact(facts[name], [...path, name])]))
}

/** The plugin SDK adds `id` and the time-outs block by itself, so some facts do not list them. */
function withImplied(facts) {
  const attributes = { ...facts.attributes }
  attributes.id ??= { type: 'string', optional: true, computed: true }
  if (facts.timeouts && !attributes.timeouts) {
    const block = Object.fromEntries(Object.keys(facts.timeouts).map((name) => [name, { type: 'string', optional: true }]))
    attributes.timeouts = { type: 'single', optional: true, block }
  }
  return attributes
}

function typeSchemas(facts) {
  return Object.fromEntries(Object.keys(facts).sort().map((name) => [
    name,
    { version: facts[name].version ?? 0, attributes: members(withImplied(facts[name]), [name]) },
  ]))
}

function quote(text) {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function literal(value) {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object') return `{ ${Object.entries(value).map(([key, inner]) => `${key}: ${literal(inner)}`).join(', ')} }`
  return String(value)
}

function member(name, schema, indent) {
  const { block, ...rest } = schema
  const line = Object.entries(rest).map(([key, value]) => `${key}: ${literal(value)}`).join(', ')
  if (!block) return [`${indent}${name}: { ${line} },`]
  const inner = Object.entries(block).flatMap(([child, value]) => member(child, value, `${indent}  `))
  return [`${indent}${name}: { ${line}, block: {`, ...inner, `${indent}} },`]
}

function section(name, schemas) {
  const lines = Object.entries(schemas).flatMap(([type, schema]) => [
    `    ${type}: { version: ${schema.version}, attributes: {`,
    ...Object.entries(schema.attributes).flatMap(([attribute, value]) => member(attribute, value, '      ')),
    '    } },',
  ])
  return [`  ${name}: {`, ...lines, '  },']
}

function render({ source, configuration, skipConfiguration, additions, dataAdditions }, facts) {
  const given = Object.entries(configuration ?? facts.configuration).filter(([name]) => !skipConfiguration?.test(name))
  const config = members(Object.fromEntries(given), [source])
  return [
    '// Written by tools/make-simulator-schemas.mjs; do not edit.',
    "import type { ProviderSchema } from '../../schema/schema.ts'",
    '',
    'export const schema: ProviderSchema = {',
    `  source: ${quote(source)},`,
    `  version: ${quote(facts.providerVersion)},`,
    `  origin: ${quote(facts.source)},`,
    '  configuration: {',
    ...Object.entries(config).flatMap(([name, value]) => member(name, value, '    ')),
    '  },',
    ...section('resources', typeSchemas({ ...facts.resources, ...additions })),
    ...section('dataSources', typeSchemas({ ...facts.dataSources, ...dataAdditions })),
    '}',
    '',
  ].join('\n')
}

const folder = process.argv[2]
if (!folder) {
  console.error('usage: node tools/make-simulator-schemas.mjs <folder with the schema facts>')
  process.exit(2)
}
const target = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'simulator', 'src', 'clouds')
for (const entry of clouds) {
  const facts = JSON.parse(readFileSync(join(folder, entry.file), 'utf8'))
  const path = join(target, entry.cloud, 'schema.ts')
  writeFileSync(path, render(entry, facts))
  console.log(`${path}: ${Object.keys(facts.resources).length} resource types, ${Object.keys(facts.dataSources).length} data sources`)
}
