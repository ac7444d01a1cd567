/**
 * The messages and services in use, as protobufjs JSON. Field numbers are those of OpenTofu 1.12.6
 * (docs/plugin-protocol/tfplugin6.10.proto), go-plugin 1.7.0 (internal/plugin/*.proto) and grpc.health.v1. Fields and calls
 * that are never read or answered are left out; an unknown field is skipped and an unknown call answered as unimplemented.
 */
interface Field {
  type: string
  id: number
  rule?: 'repeated'
  keyType?: string
}
interface Message {
  fields: Record<string, Field>
  oneofs?: Record<string, { oneof: string[] }>
  nested?: Record<string, Message>
}
interface Method {
  requestType: string
  responseType: string
  requestStream?: boolean
  responseStream?: boolean
  comment: string
}
interface Service {
  methods: Record<string, Method>
}
interface Namespace {
  nested: Record<string, Message | Service | Namespace>
}

/** Fields are written `type number`, with `repeated` or `map` in front where they are. */
function message(fields: Readonly<Record<string, string>>, nested?: Record<string, Message>): Message {
  const parsed = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, field(text)]))
  return nested ? { fields: parsed, nested } : { fields: parsed }
}

function field(text: string): Field {
  const words = text.split(' ')
  const id = Number(words.at(-1))
  const type = words.at(-2)
  if (type === undefined || !Number.isInteger(id)) throw new TypeError(`not a field: ${text}`)
  if (words[0] === 'map') return { keyType: 'string', type, id }
  return words[0] === 'repeated' ? { rule: 'repeated', type, id } : { type, id }
}

function call(request: Readonly<Record<string, string>>, response: Readonly<Record<string, string>>): Message {
  return message({}, { Request: message(request), Response: message(response) })
}

function method(requestType: string, responseType: string, streams: { requestStream?: true; responseStream?: true } = {}): Method {
  return { requestType, responseType, ...streams, comment: '' }
}

const diagnostics = 'repeated Diagnostic'

const calls = {
  GetMetadata: call({}, { server_capabilities: 'ServerCapabilities 1', data_sources: 'repeated TypeName 3', resources: 'repeated TypeName 4' }),
  GetProviderSchema: call({}, {
    provider: 'Schema 1', resource_schemas: 'map Schema 2', data_source_schemas: 'map Schema 3',
    diagnostics: `${diagnostics} 4`, server_capabilities: 'ServerCapabilities 6',
  }),
  ValidateProviderConfig: call({ config: 'DynamicValue 1' }, { diagnostics: `${diagnostics} 2` }),
  ValidateResourceConfig: call({ type_name: 'string 1', config: 'DynamicValue 2' }, { diagnostics: `${diagnostics} 1` }),
  ValidateDataResourceConfig: call({ type_name: 'string 1', config: 'DynamicValue 2' }, { diagnostics: `${diagnostics} 1` }),
  UpgradeResourceState: call(
    { type_name: 'string 1', version: 'int64 2', raw_state: 'RawState 3' },
    { upgraded_state: 'DynamicValue 1', diagnostics: `${diagnostics} 2` },
  ),
  ConfigureProvider: call({ terraform_version: 'string 1', config: 'DynamicValue 2' }, { diagnostics: `${diagnostics} 1` }),
  ReadResource: call(
    { type_name: 'string 1', current_state: 'DynamicValue 2', private: 'bytes 3' },
    { new_state: 'DynamicValue 1', diagnostics: `${diagnostics} 2`, private: 'bytes 3' },
  ),
  PlanResourceChange: call(
    { type_name: 'string 1', prior_state: 'DynamicValue 2', proposed_new_state: 'DynamicValue 3', config: 'DynamicValue 4', prior_private: 'bytes 5' },
    {
      planned_state: 'DynamicValue 1', requires_replace: 'repeated AttributePath 2', planned_private: 'bytes 3',
      diagnostics: `${diagnostics} 4`, legacy_type_system: 'bool 5',
    },
  ),
  ApplyResourceChange: call(
    { type_name: 'string 1', prior_state: 'DynamicValue 2', planned_state: 'DynamicValue 3', config: 'DynamicValue 4', planned_private: 'bytes 5' },
    { new_state: 'DynamicValue 1', private: 'bytes 2', diagnostics: `${diagnostics} 3`, legacy_type_system: 'bool 4' },
  ),
  ImportResourceState: call({ type_name: 'string 1', id: 'string 2' }, { imported_resources: 'repeated ImportedResource 1', diagnostics: `${diagnostics} 2` }),
  ReadDataSource: call({ type_name: 'string 1', config: 'DynamicValue 2' }, { state: 'DynamicValue 1', diagnostics: `${diagnostics} 2` }),
  GetFunctions: call({}, { diagnostics: `${diagnostics} 2` }),
  StopProvider: call({}, { Error: 'string 1' }),
}

const values = {
  DynamicValue: message({ msgpack: 'bytes 1', json: 'bytes 2' }),
  // Severity: 1 error, 2 warning.
  Diagnostic: message({ severity: 'int32 1', summary: 'string 2', detail: 'string 3', attribute: 'AttributePath 4' }),
  AttributePath: message({ steps: 'repeated Step 1' }, {
    Step: {
      ...message({ attribute_name: 'string 1', element_key_string: 'string 2', element_key_int: 'int64 3' }),
      oneofs: { selector: { oneof: ['attribute_name', 'element_key_string', 'element_key_int'] } },
    },
  }),
  RawState: message({ json: 'bytes 1', flatmap: 'map string 2' }),
  ServerCapabilities: message({ plan_destroy: 'bool 1', get_provider_schema_optional: 'bool 2', move_resource_state: 'bool 3' }),
  TypeName: message({ type_name: 'string 1' }),
  ImportedResource: message({ type_name: 'string 1', state: 'DynamicValue 2', private: 'bytes 3' }),
  Schema: message({ version: 'int64 1', block: 'Block 2' }, {
    Block: message({ version: 'int64 1', attributes: 'repeated Attribute 2', block_types: 'repeated NestedBlock 3', description: 'string 4', deprecated: 'bool 6' }),
    Attribute: message({
      name: 'string 1', type: 'bytes 2', description: 'string 3', required: 'bool 4', optional: 'bool 5', computed: 'bool 6',
      sensitive: 'bool 7', deprecated: 'bool 9', write_only: 'bool 11',
    }),
    // Nesting: 1 single, 2 list, 3 set.
    NestedBlock: message({ type_name: 'string 1', block: 'Block 2', nesting: 'int32 3', min_items: 'int64 4', max_items: 'int64 5' }),
  }),
}

const provider: Service = {
  methods: Object.fromEntries(Object.keys(calls).map((name) => [name, method(`${name}.Request`, `${name}.Response`)])),
}

/** Root of all definitions. */
export const descriptor: Namespace = {
  nested: {
    tfplugin6: { nested: { ...values, ...calls, Provider: provider } },
    plugin: {
      nested: {
        Empty: message({}),
        ConnInfo: message({ service_id: 'uint32 1', network: 'string 2', address: 'string 3' }),
        StdioData: message({ channel: 'int32 1', data: 'bytes 2' }),
        GRPCController: { methods: { Shutdown: method('Empty', 'Empty') } },
        GRPCBroker: { methods: { StartStream: method('ConnInfo', 'ConnInfo', { requestStream: true, responseStream: true }) } },
        GRPCStdio: { methods: { StreamStdio: method('Empty', 'StdioData', { responseStream: true }) } },
      },
    },
    grpc: { nested: { health: { nested: { v1: { nested: {
      HealthCheckRequest: message({ service: 'string 1' }),
      // Status: 1 serving.
      HealthCheckResponse: message({ status: 'int32 1' }),
      Health: { methods: { Check: method('HealthCheckRequest', 'HealthCheckResponse') } },
    } } } } } },
  },
}

/** Names of the calls that the provider service answers. */
export type CallName = keyof typeof calls
