export type { Agreed, Deal, DealEnd, DealTunnel, NeededKey, Reason } from './deal.ts'
export { planOrder, type Plan, type PlanContext, type PlannedSite, type Refused } from './plan.ts'
export { linkName } from './topology.ts'
export { wire, type Leg, type BrokenRule, type Wiring } from './wiring.ts'
