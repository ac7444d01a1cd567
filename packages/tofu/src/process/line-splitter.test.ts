import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineSplitter } from './line-splitter.ts'

function split(chunks: readonly Buffer[], limit?: number): string[] {
  const splitter = new LineSplitter(limit)
  const lines = chunks.flatMap((chunk) => splitter.push(chunk))
  const rest = splitter.rest()
  return rest === undefined ? lines : [...lines, rest]
}

describe('splitting into lines', () => {
  it('gives the same lines however the bytes arrive, also inside a character', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n]/g, ''))
    fc.assert(fc.property(fc.array(line), fc.array(fc.nat(40)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((item) => `${item}\n`).join(''))
      const chunks: Buffer[] = []
      let at = 0
      for (const cut of cuts) chunks.push(bytes.subarray(at, (at += cut)))
      expect(split([...chunks, bytes.subarray(at)])).toEqual(lines)
    }))
  })

  it.each([
    { name: 'a last line without an end', chunks: ['a\nb'], lines: ['a', 'b'] },
    { name: 'line ends of Windows', chunks: ['a\r', '\nb\r\n'], lines: ['a', 'b'] },
    { name: 'empty lines', chunks: ['\n\n'], lines: ['', ''] },
    { name: 'nothing', chunks: [], lines: [] },
    { name: 'a line beyond the limit, cut off', chunks: ['12', '3456', '78\nab\n'], lines: ['12345', 'ab'] },
  ])('handles $name', ({ chunks, lines }) => {
    expect(split(chunks.map((chunk) => Buffer.from(chunk)), 5)).toEqual(lines)
  })
})
