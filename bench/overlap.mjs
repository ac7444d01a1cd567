// Time to find all overlaps among 100,000 address blocks, and what comparing every pair would take. `node bench/overlap.mjs`
import { loadSources } from './bundle.mjs'
import { machine, median, peakMemory, table, time } from './measure.mjs'

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

/** Blocks of /24 to /28 all over IPv4, as an inventory of many networks has them: few overlap. */
function blocks(count) {
  const random = repeatable(1)
  return Array.from({ length: count }, () => {
    const prefix = 24 + Math.floor(random() * 5)
    return Cidr.from(4, BigInt(Math.floor(random() * 2 ** prefix)) << BigInt(32 - prefix), prefix)
  })
}

function pairwise(list) {
  const found = []
  for (let i = 0; i < list.length; i++) for (let j = i + 1; j < list.length; j++) if (list[i].overlaps(list[j])) found.push([i, j])
  return found
}

const sample = 2000
const few = blocks(sample)
if (JSON.stringify(findOverlaps(few)) !== JSON.stringify(pairwise(few))) throw new Error('the two ways find different overlaps')
const slow = median(() => pairwise(few), { warmUp: 1, runs: 5 })

const rows = [sample, 10_000, 100_000].map((count) => {
  const list = blocks(count)
  const extrapolated = slow * (count / sample) ** 2
  return [
    count.toLocaleString('en-US'), findOverlaps(list).length,
    time(median(() => findOverlaps(list))), time(median(() => findFirstOverlaps(list))),
    `${time(extrapolated)}${count === sample ? '' : ' (extrapolated)'}`,
  ]
})

process.stdout.write(`${machine()}\n\n`)
table(['Blocks', 'Overlaps', 'Sort and sweep', 'First overlap of each', 'Every pair'], rows)
process.stdout.write(`\nPeak memory ${peakMemory()}.\n`)
