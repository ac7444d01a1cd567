/** Kinds of runs that only look at what clouds hold. Each GET of a VPN makes one. */
export const readingKinds: readonly string[] = ['vpn.refresh', 'vnet.reconcile', 'order.refresh', 'terrarium.plan']
