/** A module that exports a provider which is right in form. */
export function providerModule(id: string): string {
  return `const fact = (value) => ({ value, source: 'invented', checked: '2026-08-01' })
const nothing = () => ({})
export const provider = {
  id: ${JSON.stringify(id)}, apiVersion: 1, options: { safeParse: (data) => ({ success: true, data }) }, environment: ['ACME_'],
  facts: {
    title: 'Acme', terms: fact({}), ciphers: { phase1: fact({}), phase2: fact({}) }, lifetimes: fact({}), dpd: fact('fixed'), key: fact({}), asn: fact({}), inside: fact({}), initiation: fact({}), quotas: {}, durations: fact({}),
    network: { vnet: { ranges: fact([]), reserved: fact([]), prefix: fact({}), hasCidr: fact(true) }, subnet: { prefix: fact({}), reservedAddresses: fact(5), scope: fact('zone') }, regions: fact({ north: [] }) },
  },
  use: nothing, network: nothing, offer: nothing, gateway: nothing, link: nothing, read: () => [], networks: () => [],
}
`
}
