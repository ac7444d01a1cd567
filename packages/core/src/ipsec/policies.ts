import type { SuitePolicy } from './policy.ts'
import { isWeak, strengthOrder } from './strength.ts'
import type { TransformKind, TransformName } from './transform.ts'

function withoutWeak<T extends TransformName>(kind: TransformKind, names: readonly T[]): readonly T[] {
  return names.filter((name) => !isWeak(kind, name))
}

function wantFirst<T extends TransformName>(first: T, names: readonly T[]): readonly T[] {
  return [first, ...names.filter((name) => name !== first)]
}

const strong: SuitePolicy = {
  name: 'strong',
  phase1: {
    encryption: withoutWeak('encryption', strengthOrder.encryption),
    integrity: withoutWeak('integrity', strengthOrder.integrity),
    prf: withoutWeak('prf', strengthOrder.prf),
    dhGroup: withoutWeak('dhGroup', strengthOrder.dhGroup),
  },
  phase2: {
    encryption: withoutWeak('encryption', strengthOrder.encryption),
    integrity: withoutWeak('integrity', strengthOrder.integrity),
    pfs: withoutWeak('pfs', strengthOrder.pfs),
  },
}

const baseline: SuitePolicy = {
  name: 'baseline',
  phase1: {
    encryption: wantFirst('aes-256-cbc', strong.phase1.encryption),
    integrity: wantFirst('sha2-256', strong.phase1.integrity),
    prf: wantFirst('prf-sha2-256', strong.phase1.prf),
    dhGroup: wantFirst(14, strong.phase1.dhGroup),
  },
  phase2: {
    encryption: wantFirst('aes-256-cbc', strong.phase2.encryption),
    integrity: wantFirst('sha2-256', strong.phase2.integrity),
    pfs: wantFirst(14, strong.phase2.pfs),
  },
}

/**
 * The policies that a user can name. Neither ever accepts a weak member.
 *
 * - `baseline` wants what every known VPN gateway accepts (AES-256-CBC, SHA-256, group 14 in both phases), so that links of
 *   one order look alike; an end without it gets the strongest that both ends offer.
 * - `strong` takes the strongest that both ends offer.
 */
export const policies = { baseline, strong } as const satisfies Record<string, SuitePolicy>
