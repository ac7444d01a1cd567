import type { GatewayLab } from '../lab/gateway-lab.fixture.ts'
import type { Recorder } from './recorder.fixture.ts'
import { followRequest, keepNames, lookAround, sweep } from './stories/service.fixture.ts'
import { keepTerrariums, linkAwsToSite, linkGcpAndAws, linkGcpAndAzure, linkSiteToSite } from './stories/terrariums.fixture.ts'
import { makeVnets, registerVnet, restoreVnet, useTemplates } from './stories/vnets.fixture.ts'
import { linkNewer, linkOlder } from './stories/vpns.fixture.ts'

/** What clients do, told beside each other. Together they call every operation of the contract, in every spelling. */
export const stories: Readonly<Record<string, (recorder: Recorder, lab: GatewayLab) => Promise<void>>> = {
  'looking around': lookAround,
  'names and namespaces': keepNames,
  'a request of its own': followRequest,
  'vNets and subnets': makeVnets,
  'a deletion that failed': restoreVnet,
  'a network that is there already': registerVnet,
  'templates': useTemplates,
  'a VPN in words of 2026': linkNewer,
  'a VPN in words of 2025': linkOlder,
  'terrariums': keepTerrariums,
  'aws-to-site': linkAwsToSite,
  'site-to-site': linkSiteToSite,
  'gcp-aws': linkGcpAndAws,
  'gcp-azure': linkGcpAndAzure,
}

/** What comes after all others. */
export const lastStory: (recorder: Recorder) => Promise<void> = sweep
