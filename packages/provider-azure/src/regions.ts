/** Public regions with three availability zones. */
export const zonal = [
  'australiaeast', 'austriaeast', 'belgiumcentral', 'brazilsouth', 'canadacentral', 'centralindia', 'centralus', 'chilecentral', 'denmarkeast',
  'eastasia', 'eastus', 'eastus2', 'francecentral', 'germanywestcentral', 'indonesiacentral', 'israelcentral', 'italynorth', 'japaneast',
  'japanwest', 'koreacentral', 'malaysiawest', 'mexicocentral', 'newzealandnorth', 'northeurope', 'norwayeast', 'polandcentral',
  'qatarcentral', 'southafricanorth', 'southcentralus', 'southeastasia', 'spaincentral', 'swedencentral', 'switzerlandnorth', 'uaenorth',
  'uksouth', 'westeurope', 'westus2', 'westus3',
] as const

/** Public regions without availability zones. */
export const withoutZones = [
  'australiacentral', 'australiacentral2', 'australiasoutheast', 'brazilsoutheast', 'canadaeast', 'francesouth', 'germanynorth', 'koreasouth',
  'northcentralus', 'norwaywest', 'southafricawest', 'southindia', 'switzerlandwest', 'uaecentral', 'ukwest', 'westcentralus', 'westindia',
  'westus',
] as const
