import { planOrder, proveAgreement, viewsOfFragments, type AnyProvider, type Plan, type Proof } from '@isthmus/core'
import { alibaba } from '@isthmus/provider-alibaba'
import { aws } from '@isthmus/provider-aws'
import { azure } from '@isthmus/provider-azure'
import { gcp } from '@isthmus/provider-gcp'
import { ibm } from '@isthmus/provider-ibm'
import { tencent } from '@isthmus/provider-tencent'

export const providers: readonly AnyProvider[] = [alibaba, aws, azure, gcp, ibm, tencent]

/** Sites by a short name for what their gateway is. */
export const sites = {
  aws: { cloud: 'aws', region: 'ap-northeast-2', cidr: '10.10.0.0/16' },
  tgw: { cloud: 'aws', region: 'ap-northeast-2', cidr: '10.11.0.0/16', gateway: 'tgw' },
  azure: { cloud: 'azure', region: 'koreacentral', cidr: '10.20.0.0/16' },
  gcp: { cloud: 'gcp', region: 'asia-northeast3', cidr: '10.30.0.0/16' },
} as const

/** Plans an order that must be fine. */
export function planned(order: unknown): Plan {
  const plan = planOrder(order, { providers })
  if (!plan.ok) throw new Error(plan.findings.map((finding) => `${finding.code} ${finding.path}: ${finding.title}`).join('\n'))
  return plan
}

/** The proof of a plan, from its whole stack. */
export function proofOf(plan: Plan): Proof {
  return proveAgreement(viewsOfFragments(plan.fragments), plan, providers)
}
