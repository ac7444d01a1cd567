import type { EndView } from './end-view.ts'

/** What the ends of an invented tunnel have in common. */
const common: Omit<EndView, 'connection' | 'outside'> = {
  cloud: 'acme',
  at: {},
  routing: 'bgp',
  selectors: { local: ['0.0.0.0/0'], peer: ['0.0.0.0/0'] },
  ikeVersion: 2,
  phase1: { encryption: ['aes-256-gcm-16'], integrity: [], prf: ['prf-sha2-384'], dhGroup: [20], lifetime: { seconds: 28_800, fixed: false } },
  phase2: { encryption: ['aes-256-cbc'], integrity: ['sha2-256'], pfs: [20], lifetime: { seconds: 3600, fixed: false } },
  key: { token: 'var.keys.north--south--00@v1' },
  initiates: true,
  mayIdle: false,
}

/** One end of a tunnel; agrees with {@link southEnd}. */
export function northEnd(changes: Partial<EndView> = {}): EndView {
  return {
    ...common,
    connection: 'acme_connection.north',
    outside: { local: '192.0.2.1', peer: '198.51.100.1' },
    inside: { local: '169.254.10.1', peer: '169.254.10.2', prefix: 30 },
    asn: { local: 64_601, peer: 64_602 },
    prefixes: { local: ['10.0.0.0/16'] },
    ...changes,
  }
}

/** The end opposite {@link northEnd}. */
export function southEnd(changes: Partial<EndView> = {}): EndView {
  return {
    ...common,
    connection: 'acme_connection.south',
    outside: { local: '198.51.100.1', peer: '192.0.2.1' },
    inside: { local: '169.254.10.2', peer: '169.254.10.1', prefix: 30 },
    asn: { local: 64_602, peer: 64_601 },
    prefixes: { local: ['10.1.0.0/16'] },
    ...changes,
  }
}

/** An end without a field that may be absent. */
export function without(end: EndView, field: 'inside' | 'asn' | 'prefixes' | 'selectors'): EndView {
  const { [field]: _absent, ...rest } = end
  return rest
}
