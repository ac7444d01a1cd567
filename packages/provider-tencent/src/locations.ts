import { locationsFrom, type Locations } from '@isthmus/core'

/** Where the regions are. Data centres are not published; coordinates are those of the city or area, to a hundredth of a degree. */
export const locations: Locations = {
  value: locationsFrom({
    'ap-bangkok': ['Bangkok, Thailand', 13.76, 100.5],
    'ap-beijing': ['Beijing, China', 39.9, 116.41],
    'ap-chengdu': ['Chengdu, China', 30.57, 104.07],
    'ap-chongqing': ['Chongqing, China', 29.56, 106.55],
    'ap-guangzhou': ['Guangzhou, China', 23.13, 113.26],
    'ap-hongkong': ['Hong Kong', 22.32, 114.17],
    'ap-jakarta': ['Jakarta, Indonesia', -6.2, 106.85],
    'ap-mumbai': ['Mumbai, India', 19.08, 72.88],
    'ap-nanjing': ['Nanjing, China', 32.06, 118.8],
    'ap-seoul': ['Seoul, South Korea', 37.57, 126.98],
    'ap-shanghai': ['Shanghai, China', 31.23, 121.47],
    'ap-singapore': ['Singapore', 1.35, 103.82],
    'ap-tokyo': ['Tokyo, Japan', 35.69, 139.69],
    'eu-frankfurt': ['Frankfurt, Germany', 50.11, 8.68],
    'na-ashburn': ['Ashburn, Virginia, United States', 39.04, -77.49],
    'na-siliconvalley': ['Silicon Valley, United States', 37.35, -121.96],
    'na-toronto': ['Toronto, Canada', 43.65, -79.38],
    'sa-saopaulo': ['São Paulo, Brazil', -23.55, -46.63],
  }),
  source: 'Tencent Cloud, "Regions and AZs", for the places, compared with cloud-barista/cb-tumblebug@027415a assets/cloudinfo.yaml; general knowledge for their coordinates',
  checked: '2026-11-24',
}
