export type {
  AsnRange, AsnRules, CipherFacts, DpdRules, Fact, InitiationRules, InsideRules, KeyRules, LifetimeRule, LifetimeRules, NetworkFacts, PrefixBounds, ProviderFacts, Quota,
} from './facts.ts'
export type { Grouping, InsideOffer, LegRules, Offer, OutsideOffer, RoutingMode, RoutingOffer } from './offer.ts'
export type { GatewayNeeds, Half, HalfConnection, HalfRouting, HalfTunnel } from './half.ts'
export { gatewayExport, gatewayFragment, linkFragment, networkExport, networkFragment, type Site, type Subnet } from './site.ts'
export { isHub, type AnyProvider, type HubFacts, type HubProvider, type SpokeProvider } from './provider.ts'
export { offerOfFacts } from './offer-of-facts.ts'
export { cipherOffer, spell, type Spellings, understand } from './spelling.ts'
