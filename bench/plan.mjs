// Time to plan full meshes, with both cuts rendered and the agreement of all tunnels proven. `node bench/plan.mjs`
import { loadSources } from './bundle.mjs'
import { machine, measure, peakMemory, table, times } from './measure.mjs'

const { acme, aws, azure, composeStacks, gcp, planOrder, proveAgreement, shapes, viewsOfFragments } = await loadSources()

// Two gateways that learn their addresses from each other cannot be linked, so of the invented clouds only the others mesh.
const invented = shapes.filter((shape) => shape !== 'fresh').map((shape) => acme({ id: shape.replaceAll('-', ''), shape, inside: { ranges: ['169.254.0.0/16', '100.64.0.0/10'] } }))
const real = [aws, azure, gcp]

const regions = { aws: 'ap-northeast-2', azure: 'koreacentral', gcp: 'asia-northeast3' }

/** A full mesh of one site per entry. */
function mesh(clouds) {
  const sites = clouds.map((cloud, index) => [`site-${String(index).padStart(3, '0')}`, { cloud, region: regions[cloud] ?? 'north-1', cidr: `10.${index}.0.0/16` }])
  return { name: 'mesh', topology: 'full-mesh', sites: Object.fromEntries(sites) }
}

const inventedIds = invented.map(({ id }) => id)
const cases = [
  { title: '3 sites, the real clouds', order: mesh(['aws', 'azure', 'gcp']), providers: real },
  { title: '6 sites, the real clouds and three invented ones', order: mesh(['aws', 'azure', 'gcp', ...inventedIds.slice(0, 3)]), providers: [...real, ...invented] },
  { title: '100 sites, invented clouds', order: mesh(Array.from({ length: 100 }, (_, index) => inventedIds[index % inventedIds.length])), providers: invented, runs: { warmUp: 1, runs: 5 } },
]

const rows = cases.map(({ title, order, providers, runs }) => {
  const plan = planOrder(order, { providers })
  if (!plan.ok) throw new Error(plan.findings.map(({ title }) => title).slice(0, 5).join('\n'))
  const whole = viewsOfFragments(plan.fragments)
  const proof = proveAgreement(whole, plan, providers)
  const tunnels = plan.deals.reduce((sum, deal) => sum + deal.tunnels.length, 0)
  if (proof.findings.length > 0 || proof.tunnels.length !== tunnels) throw new Error(`${title}: ${proof.findings.length} findings, ${proof.tunnels.length} of ${tunnels} tunnels proven`)
  return [
    title, plan.deals.length, tunnels,
    times(measure(() => planOrder(order, { providers }), runs)),
    times(measure(() => composeStacks(plan.name, plan.fragments, 'parts'), runs)),
    times(measure(() => composeStacks(plan.name, plan.fragments, 'whole'), runs)),
    times(measure(() => proveAgreement(whole, plan, providers), runs)),
  ]
})

process.stdout.write(`${machine()}\nTime that passed (processor time)\n\n`)
table(['Full mesh', 'Links', 'Tunnels', 'Plan', 'Stacks (parts)', 'Stack (whole)', 'Proof'], rows)
process.stdout.write(`\nPeak memory ${peakMemory()}.\n`)
