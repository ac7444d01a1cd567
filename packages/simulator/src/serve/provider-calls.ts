import type { Engine } from '../engine/engine.ts'
import type { Session } from '../engine/session.ts'
import { shape } from '../schema/shape.ts'
import { encodeValue } from '../wire/dynamic-value.ts'
import type { CallName } from '../wire/descriptor.ts'
import { diagnosticMessage, pathMessage, schemaMessage } from '../wire/message.ts'
import type { TypeSchema } from '../schema/schema.ts'
import type { Request } from './request.ts'

/** Answers one call. Whatever it throws becomes a diagnostic of the call. */
export type Call = (request: Request, session: Session) => object | Promise<object>

const capabilities = { plan_destroy: true, get_provider_schema_optional: true, move_resource_state: false }

/** All calls of plugin protocol 6 that a simulated cloud answers. */
export function providerCalls(engine: Engine): Record<CallName, Call> {
  return { ...schemaCalls(engine), ...validationCalls(engine), ...objectCalls(engine), ...sessionCalls() }
}

function schemaCalls(engine: Engine) {
  const { schema } = engine.cloud
  let message: object | undefined
  const messages = (types: Readonly<Record<string, TypeSchema>>): object =>
    Object.fromEntries(Object.entries(types).map(([type, inner]) => [type, schemaMessage(inner)]))
  const names = (types: object): object[] => Object.keys(types).map((type) => ({ type_name: type }))
  return {
    GetMetadata: () => ({ server_capabilities: capabilities, resources: names(schema.resources), data_sources: names(schema.dataSources) }),
    GetProviderSchema: () => {
      message ??= {
        provider: schemaMessage({ version: 0, attributes: schema.configuration }),
        resource_schemas: messages(schema.resources),
        data_source_schemas: messages(schema.dataSources),
        server_capabilities: capabilities,
      }
      return message
    },
    GetFunctions: () => ({}),
  } satisfies Partial<Record<CallName, Call>>
}

function validationCalls(engine: Engine) {
  return {
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: (request) => ({
      diagnostics: engine.validate(request.text('type_name'), request.required('config')).map(diagnosticMessage),
    }),
    ValidateDataResourceConfig: (request) => ({
      diagnostics: engine.validateData(request.text('type_name'), request.required('config')).map(diagnosticMessage),
    }),
  } satisfies Partial<Record<CallName, Call>>
}

function objectCalls(engine: Engine) {
  return {
    UpgradeResourceState: (request) => {
      const { attributes } = engine.resource(request.text('type_name'))
      return { upgraded_state: encodeValue(shape(attributes, request.rawState('raw_state'))) }
    },
    PlanResourceChange: (request, session) => planCall(engine, request, session),
    ApplyResourceChange: (request, session) => applyCall(engine, request, session),
    ReadResource: async (request, session) => {
      const state = request.object('current_state')
      const found = state ? await engine.read(request.text('type_name'), state, session) : null
      return { new_state: encodeValue(found), private: request.bytes('private') }
    },
    ImportResourceState: async (request, session) => {
      const type = request.text('type_name')
      const state = await engine.import(type, request.text('id'), session)
      return { imported_resources: [{ type_name: type, state: encodeValue(state) }] }
    },
    ReadDataSource: async (request, session) => ({
      state: encodeValue(await engine.data(request.text('type_name'), request.required('config'), session)),
    }),
  } satisfies Partial<Record<CallName, Call>>
}

function planCall(engine: Engine, request: Request, session: Session): object {
  if (!request.object('proposed_new_state')) return { planned_state: encodeValue(null), planned_private: request.bytes('prior_private') }
  const type = request.text('type_name')
  const { planned, replace } = engine.plan(type, { config: request.required('config'), prior: request.object('prior_state') }, session)
  return {
    planned_state: encodeValue(planned),
    requires_replace: replace.map(pathMessage),
    planned_private: request.bytes('prior_private'),
    legacy_type_system: engine.legacy(type),
  }
}

async function applyCall(engine: Engine, request: Request, session: Session): Promise<object> {
  const type = request.text('type_name')
  const { state, errors } = await applied(engine, type, request, session)
  return {
    new_state: encodeValue(state),
    private: request.bytes('planned_private'),
    diagnostics: errors.map(diagnosticMessage),
    legacy_type_system: engine.legacy(type),
  }
}

function applied(engine: Engine, type: string, request: Request, session: Session) {
  const prior = request.object('prior_state')
  const planned = request.object('planned_state')
  if (!planned) return engine.remove(type, request.required('prior_state'), session)
  const config = request.required('config')
  return prior ? engine.update(type, prior, planned, config, session) : engine.create(type, planned, config, session)
}

function sessionCalls() {
  return {
    ConfigureProvider: (request, session) => {
      session.provider = request.object('config') ?? {}
      return {}
    },
    StopProvider: (_request, session) => {
      session.stop()
      return {}
    },
  } satisfies Partial<Record<CallName, Call>>
}
