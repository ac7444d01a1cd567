export type {
  AsnRange, AsnRules, CipherFacts, DpdRules, Fact, InitiationRules, InsideRules, KeyRules, LifetimeRule, LifetimeRules, NetworkFacts, PrefixBounds, ProviderFacts, Quota,
} from './facts.ts'
export type { Grouping, InsideOffer, KinOffer, LegRules, Offer, OutsideOffer, RoutingMode, RoutingOffer } from './offer.ts'
export type { GatewayNeeds, Half, HalfConnection, HalfRouting, HalfTunnel } from './half.ts'
export { gatewayExport, gatewayFragment, linkFragment, networkExport, networkFragment, type Site, type Subnet } from './site.ts'
export { inAddressOrder, nameInSite, type Adopted, type ExistingNetworks, type NetworkDetail, type NetworkReference, type NetworkView, type SubnetView } from './network-view.ts'
export { adoptedFields, lacking, notApplied } from './adopted.ts'
export { isHub, type AnyProvider, type HubFacts, type HubProvider, type SpokeProvider } from './provider.ts'
export { offerOfFacts } from './offer-of-facts.ts'
export { locationsFrom, networkConcepts, type CloudFacts, type Location, type Locations, type NetworkConcept, type NetworkTerms } from './terms.ts'
export { cipherOffer, spell, type Spellings, understand } from './spelling.ts'
