import { locationsFrom, type Locations } from '@isthmus/core'

/** Where the regions are. Data centres are not published; coordinates are those of the city or area, to a hundredth of a degree. */
export const locations: Locations = {
  value: locationsFrom({
    'au-syd': ['Sydney, Australia', -33.87, 151.21],
    'br-sao': ['São Paulo, Brazil', -23.55, -46.63],
    'ca-mon': ['Montreal, Canada', 45.5, -73.57],
    'ca-tor': ['Toronto, Canada', 43.65, -79.38],
    'eu-de': ['Frankfurt, Germany', 50.11, 8.68],
    'eu-es': ['Madrid, Spain', 40.42, -3.7],
    'eu-gb': ['London, United Kingdom', 51.51, -0.13],
    'jp-osa': ['Osaka, Japan', 34.69, 135.5],
    'jp-tok': ['Tokyo, Japan', 35.69, 139.69],
    'us-east': ['Washington DC, United States', 38.91, -77.04],
    'us-south': ['Dallas, Texas, United States', 32.78, -96.8],
  }),
  source: 'IBM Cloud Docs, "Locations for resource deployment", for the places, compared with cloud-barista/cb-tumblebug@027415a assets/cloudinfo.yaml; general knowledge for their coordinates',
  checked: '2026-11-24',
}
