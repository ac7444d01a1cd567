import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { options } from './options.ts'

const vpc = { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1'] }

describe('options', () => {
  it('need nothing and make a virtual private gateway by default', () => {
    expect(options.parse({})).toEqual({ gateway: 'vgw', tags: {} })
  })

  it.each([
    ['an unknown field', { gatway: 'tgw' }],
    ['an unknown field of what exists', { existing: { ...vpc, vpc: 'vpc-0a1' } }],
    ['an unknown gateway', { gateway: 'igw' }],
    ['an id of another kind', { existing: { ...vpc, vpcId: 'subnet-0a1' } }],
    ['no route table', { existing: { ...vpc, routeTableIds: [] } }],
    ['a virtual private gateway beside tgw', { gateway: 'tgw', existing: { ...vpc, subnetIds: ['subnet-0a1'], vpnGatewayId: 'vgw-0a1' } }],
    ['a transit gateway beside vgw', { existing: { ...vpc, transitGatewayId: 'tgw-0a1' } }],
    ['a transit gateway route table without its gateway', { gateway: 'tgw', existing: { ...vpc, subnetIds: ['subnet-0a1'], transitGatewayRouteTableId: 'tgw-rtb-0a1' } }],
    ['a new transit gateway in an existing VPC without subnets', { gateway: 'tgw', existing: vpc }],
  ])('refuse %s', (_, input) => {
    expect(options.safeParse(input).success).toBe(false)
  })

  it('describe every field for documentation', () => {
    const fields: string[] = []
    const undescribed: string[] = []
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null || !('properties' in schema) || typeof schema.properties !== 'object' || schema.properties === null) return
      for (const [name, property] of Object.entries(schema.properties)) {
        fields.push(name)
        if (!('description' in property)) undescribed.push(`${path}${name}`)
        visit(property, `${path}${name}.`)
      }
    }
    visit(z.toJSONSchema(options, { io: 'input' }), '')
    expect(fields).toHaveLength(9)
    expect(undescribed).toEqual([])
  })
})
