/** Regions with availability zones (Microsoft Learn "List of Azure regions", as known in 2025). */
const zonal = new Set([
  'australiaeast', 'austriaeast', 'belgiumcentral', 'brazilsouth', 'canadacentral', 'centralindia', 'centralus', 'chilecentral', 'denmarkeast',
  'eastasia', 'eastus', 'eastus2', 'francecentral', 'germanywestcentral', 'indonesiacentral', 'israelcentral', 'italynorth', 'japaneast',
  'japanwest', 'koreacentral', 'malaysiawest', 'mexicocentral', 'newzealandnorth', 'northeurope', 'norwayeast', 'polandcentral',
  'qatarcentral', 'southafricanorth', 'southcentralus', 'southeastasia', 'spaincentral', 'swedencentral', 'switzerlandnorth', 'uaenorth',
  'uksouth', 'westeurope', 'westus2', 'westus3',
])

/** True for a region, in its short form, that has availability zones. */
export function hasZones(location: string): boolean {
  return zonal.has(location)
}
