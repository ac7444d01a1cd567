/** Letters of the zones by region; those where the VPN gateway has been seen to run in dual-tunnel mode stand first. */
const zoneLetters: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'abc',
  'ap-northeast-2': 'a',
  'ap-southeast-1': 'abc',
  'ap-southeast-3': 'ab',
  'ap-southeast-5': 'abc',
  'ap-southeast-6': 'a',
  'ap-southeast-7': 'a',
  'cn-beijing': 'acefghijklbd',
  'cn-chengdu': 'ab',
  'cn-fuzhou': 'a',
  'cn-guangzhou': 'ab',
  'cn-hangzhou': 'ghijkbef',
  'cn-heyuan': 'ab',
  'cn-hongkong': 'bcd',
  'cn-huhehaote': 'ab',
  'cn-nanjing': 'a',
  'cn-qingdao': 'bc',
  'cn-shanghai': 'bdefgklmnac',
  'cn-shenzhen': 'adefbc',
  'cn-wuhan-lr': 'a',
  'cn-wulanchabu': 'abc',
  'cn-zhangjiakou': 'abc',
  'eu-central-1': 'abc',
  'eu-west-1': 'ab',
  'me-central-1': 'ab',
  'me-east-1': 'a',
  'us-east-1': 'ab',
  'us-west-1': 'ab',
}

/** Regions with their zones. A zone of a region whose name ends in a digit has no hyphen before its letter: `eu-west-1a`, `cn-beijing-a`. */
export const regions: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(zoneLetters).map(([region, letters]) => [region, [...letters].map((letter) => (/\d$/.test(region) ? `${region}${letter}` : `${region}-${letter}`))]),
)

/** Regions for which Alibaba Cloud states that its VPN gateway speaks BGP. */
export const bgpRegions: readonly string[] = [
  'ap-northeast-1', 'ap-southeast-1', 'ap-southeast-3', 'ap-southeast-5', 'cn-beijing', 'cn-hangzhou', 'cn-hongkong', 'cn-huhehaote', 'cn-qingdao',
  'cn-shanghai', 'cn-shenzhen', 'cn-zhangjiakou', 'eu-central-1', 'eu-west-1', 'me-east-1', 'us-east-1', 'us-west-1',
]
