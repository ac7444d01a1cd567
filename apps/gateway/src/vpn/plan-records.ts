import type { Records } from '../store/index.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { agreedOf } from './numbers.ts'
import type { VpnPlanInput } from './vpn-plan.ts'
import { vpnKind } from './vpn.ts'

/** What a namespace has on record that its VPNs are planned from. */
export async function planRecords(records: Records, namespace: string): Promise<Pick<VpnPlanInput, 'vpns' | 'vnets' | 'agreed'>> {
  const [vpns, vnets] = [await records.list(vpnKind, namespace), await records.list(vnetKind, namespace)]
  return { vpns: vpns.map(({ doc }) => doc), vnets: vnets.map(({ doc }) => doc), agreed: await agreedOf(records, namespace) }
}
