import type { TunnelState } from '../behaviour/behaviour.ts'

/** One end of a tunnel, with all that a status depends on. */
export function tunnelState(local: string, peer: string, change: { up?: boolean; reason?: string; inside?: boolean; prefixes?: readonly string[]; routing?: 'bgp' | 'static' } = {}): TunnelState {
  const lifetime = { seconds: 3600, fixed: false }
  return {
    up: change.up ?? true,
    reason: change.reason ?? 'both ends agree',
    end: {
      cloud: 'acme', connection: `acme_tunnel.${local}`, at: {}, outside: { local, peer }, routing: change.routing ?? 'bgp',
      ...(change.inside === false ? {} : { inside: { local: '169.254.10.1', peer: '169.254.10.2' } }),
      prefixes: { local: change.prefixes ?? ['10.20.0.0/16'] },
      ikeVersion: 2,
      phase1: { encryption: ['aes-256-cbc'], integrity: ['sha2-256'], prf: ['prf-sha2-256'], dhGroup: [14], lifetime },
      phase2: { encryption: ['aes-256-cbc'], integrity: ['sha2-256'], pfs: [14], lifetime },
      key: { token: 'key' }, initiates: true, mayIdle: false,
    },
  }
}
