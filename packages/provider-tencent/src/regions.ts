/** Numbers of the zones of each region. Zones that are sold out come last, so that nobody gets one without asking. */
const zoneNumbers: Readonly<Record<string, readonly number[]>> = {
  'ap-bangkok': [1, 2],
  'ap-beijing': [2, 3, 4, 5, 6, 7, 8, 1],
  'ap-chengdu': [1, 2],
  'ap-chongqing': [1],
  'ap-guangzhou': [3, 4, 5, 6, 7, 8, 1, 2],
  'ap-hongkong': [2, 3, 1],
  'ap-jakarta': [1, 2],
  'ap-mumbai': [1, 2],
  'ap-nanjing': [1, 2, 3],
  'ap-seoul': [1, 2],
  'ap-shanghai': [2, 3, 4, 5, 6, 7, 8, 1],
  'ap-singapore': [1, 2, 3, 4],
  'ap-tokyo': [1, 2],
  'eu-frankfurt': [1, 2, 3],
  'na-ashburn': [1, 2],
  'na-siliconvalley': [1, 2],
  'na-toronto': [1],
  'sa-saopaulo': [1],
}

/** Public regions with their zones; edge zones are left out. */
export const regions: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(zoneNumbers).map(([region, numbers]) => [region, numbers.map((number) => `${region}-${number}`)]),
)
