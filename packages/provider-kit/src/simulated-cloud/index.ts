export { block, blocks, fill, flag, having, InMemoryCloud, isSet, isUnknown, number, Refusal, refusalOf, text, texts, UNKNOWN } from '@isthmus/simulator'
export type {
  AttributeSchema, Attributes, Behaviour, CloudObject, Context, DataBehaviour, Members, ProviderSchema, SimulatedCloud, TunnelState, TypeSchema,
} from '@isthmus/simulator'
export { simulatedCloudOf, type CloudParts } from './simulated-cloud-of.ts'
