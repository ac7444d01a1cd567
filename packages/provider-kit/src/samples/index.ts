export type { SiteExample } from '../check/subject.ts'
export { freshAddress, gatewayAddress, halfOf, peerOf, routingTo, singly, tunnelOf, tunnelsOf, type SampleLeg, type SamplePeer } from './half.ts'
export { changed, networksOf, peerAddresses, resourcesOf, resourcesOfLink, type OwnedFragment } from './resources.ts'
export { siteOf } from './site.ts'
