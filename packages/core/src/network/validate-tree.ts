import { Cidr } from '../address/cidr.ts'
import { firstFree } from '../address/free-space.ts'
import { findFirstOverlaps } from '../address/overlap.ts'
import { finding, type Finding } from '../finding/finding.ts'
import { listOf } from './list-of.ts'
import { readCidrAt } from './read-cidr.ts'

/** A network as text, with subnets that may have subnets of their own. */
export interface NetworkTree {
  readonly cidr: string
  readonly name?: string | undefined
  readonly subnets?: readonly NetworkTree[] | undefined
}

/** Limits of one tree; what is larger is refused before anything is compared. */
export const treeLimits = { nodes: 10_000, depth: 32 } as const

// Nobody follows more than these one by one.
const mostProposals = 100
// Each costs a look at all siblings; so many looks take some ten milliseconds.
const mostLooks = 50_000

// RFC 1918 and RFC 4193.
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((text) => Cidr.of(text))

interface Node {
  readonly path: string
  readonly label: string
  readonly cidr: Cidr | undefined
  readonly children: readonly Node[]
}

/**
 * Everything that is wrong with a tree of networks: texts that are no blocks, subnets that are not inside their network or are
 * all of it, and overlapping siblings. With `privateOnly` the root must be private address space.
 */
export function validateNetworkTree(root: NetworkTree, options: { readonly path?: string; readonly privateOnly?: boolean } = {}): Finding[] {
  const path = options.path ?? ''
  if (isTooLarge(root)) {
    return [finding('ORDER_INVALID', path, {
      title: `The network has more than ${treeLimits.nodes} subnets or more than ${treeLimits.depth} levels of them.`,
      hint: `Check it in parts of at most ${treeLimits.nodes} subnets and ${treeLimits.depth} levels.`,
      facts: treeLimits,
    })]
  }
  const findings: Finding[] = []
  const tree = read(root, path, findings)
  if (options.privateOnly && tree.cidr) findings.push(...checkPrivate(tree.cidr, tree.path))
  const proposed = new Map<Node, Cidr | undefined>()
  checkChildren(tree, findings, proposed)
  return findings
}

function isTooLarge(root: NetworkTree): boolean {
  let level: readonly NetworkTree[] = [root]
  let nodes = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    nodes += level.length
    if (depth > treeLimits.depth || nodes > treeLimits.nodes + 1) return true
    level = level.flatMap((node) => node.subnets ?? [])
  }
  return false
}

function read(node: NetworkTree, path: string, findings: Finding[]): Node {
  const at = path === '' ? 'cidr' : `${path}.cidr`
  const result = readCidrAt(at, node.cidr)
  if ('finding' in result) findings.push(result.finding)
  const cidr = 'cidr' in result ? result.cidr : undefined
  return {
    path: at,
    label: node.name ? `${node.cidr} (${node.name})` : node.cidr,
    cidr,
    children: (node.subnets ?? []).map((child, index) => read(child, `${path === '' ? '' : `${path}.`}subnets[${index}]`, findings)),
  }
}

function checkPrivate(cidr: Cidr, path: string): Finding[] {
  if (privateRanges.some((range) => range.contains(cidr))) return []
  const ranges = privateRanges.filter((range) => range.family === cidr.family)
  return [finding('CIDR_OUT_OF_RANGE', path, {
    title: `${cidr} is not private address space.`,
    why: 'Addresses that belong to somebody else cannot be reached once they are used inside.',
    hint: `Use a block inside ${listOf(ranges)}.`,
    facts: { cidr: `${cidr}`, allowed: ranges.map(String) },
  })]
}

function checkChildren(parent: Node, findings: Finding[], proposed: Map<Node, Cidr | undefined>): void {
  const children = parent.children.flatMap((node) => (node.cidr ? [{ node, cidr: node.cidr }] : []))
  const given: Cidr[] = []
  const propose = (node: Node, cidr: Cidr): Cidr | undefined => {
    if (parent.cidr && !proposed.has(node) && proposed.size < Math.min(mostProposals, mostLooks / children.length)) {
      const others = children.flatMap((child) => (child.node === node ? [] : child.cidr))
      const block = firstFree(parent.cidr, [...others, ...given], Math.max(cidr.prefix, parent.cidr.prefix + 1))
      proposed.set(node, block)
      if (block) given.push(block)
    }
    return proposed.get(node)
  }
  for (const { node, cidr } of children) {
    const fits = !parent.cidr || (parent.cidr.contains(cidr) && !cidr.equals(parent.cidr))
    if (!fits) findings.push(outside(node, cidr, parent, propose(node, cidr)))
  }
  for (const [one, other] of findFirstOverlaps(children.map((child) => child.cidr))) {
    const [first, second] = [children[one], children[other]]
    if (first && second) findings.push(overlapping(second.node, first.node, propose(second.node, second.cidr)))
  }
  for (const child of parent.children) if (child.children.length > 0) checkChildren(child, findings, proposed)
}

function outside(node: Node, cidr: Cidr, parent: Node, proposed: Cidr | undefined): Finding {
  const all = parent.cidr?.equals(cidr) ?? false
  return finding('SUBNET_OUTSIDE', node.path, {
    title: all ? `${node.label} is all of its network ${parent.label}.` : `${node.label} is not inside ${parent.label}.`,
    ...(all ? { why: 'A subnet that is its whole network leaves no room for another.' } : {}),
    hint: proposed ? `Use ${proposed}, which is free in the network.` : 'Use a larger block for the network, or a smaller one for the subnet.',
    facts: { cidr: `${cidr}`, network: `${parent.cidr}`, ...(proposed ? { proposed: `${proposed}` } : {}) },
  })
}

function overlapping(node: Node, other: Node, proposed: Cidr | undefined): Finding {
  return finding('SUBNET_OVERLAP', node.path, {
    title: `${node.label} overlaps ${other.label}.`,
    hint: proposed ? `Use ${proposed}, which is free in the network.` : 'Make one of the two smaller, or use a larger block for the network.',
    facts: { cidr: `${node.cidr}`, overlaps: `${other.cidr}`, ...(proposed ? { proposed: `${proposed}` } : {}) },
  })
}
