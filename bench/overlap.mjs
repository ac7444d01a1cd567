// Time to find all overlaps among 100,000 address blocks, and what comparing every pair would take. `node bench/overlap.mjs`
import { loadSources } from './bundle.mjs'
import { machine, measure, peakMemory, table, time, times } from './measure.mjs'

const { Cidr, findFirstOverlaps, findOverlaps } = await loadSources()

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function repeatable(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Blocks of /24 to /28 from the first addresses of IPv4; from all of them few overlap, as in an inventory of many networks. */
function blocks(count, addressBits = 32) {
  const random = repeatable(1)
  return Array.from({ length: count }, () => {
    const prefix = 24 + Math.floor(random() * 5)
    const hostBits = 32 - prefix
    return Cidr.from(4, BigInt(Math.floor(random() * 2 ** (addressBits - hostBits))) << BigInt(hostBits), prefix)
  })
}

function pairwise(list) {
  const found = []
  for (let i = 0; i < list.length; i++) for (let j = i + 1; j < list.length; j++) if (list[i].overlaps(list[j])) found.push([i, j])
  return found
}

const sample = 2000
const dense = blocks(sample, 16)
if (pairwise(dense).length < sample || JSON.stringify(findOverlaps(dense)) !== JSON.stringify(pairwise(dense))) throw new Error('the two ways find different overlaps')
const few = blocks(sample)
const slow = measure(() => pairwise(few), { warmUp: 1, runs: 5 })

const rows = [sample, 10_000, 100_000].map((count) => {
  const list = blocks(count)
  const pairs = (count / sample) ** 2
  return [
    count.toLocaleString('en-US'), findOverlaps(list).length,
    times(measure(() => findOverlaps(list))), times(measure(() => findFirstOverlaps(list))),
    count === sample ? times(slow) : `${time(slow.used * pairs)} (extrapolated)`,
  ]
})

process.stdout.write(`${machine()}\nTime that passed (processor time)\n\n`)
table(['Blocks', 'Overlaps', 'Sort and sweep', 'First overlap of each', 'Every pair'], rows)
process.stdout.write(`\nPeak memory ${peakMemory()}.\n`)
