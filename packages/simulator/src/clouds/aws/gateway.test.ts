import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

describe('a virtual private gateway', () => {
  it('has the number 64512 unless told', () => {
    const { cloud } = sample()
    expect(cloud.create('aws_vpn_gateway', {})).toMatchObject({ id: expect.stringMatching(/^vgw-0[0-9a-f]{16}$/), amazon_side_asn: '64512', vpc_id: null })
  })

  it('is the only one of its VPC', () => {
    const { cloud, vpc, gateway } = sample()
    expect(refusalOf(() => cloud.create('aws_vpn_gateway', { vpc_id: vpc['id'], tags: { Name: 'second' } }))).toMatchObject({
      message: expect.stringContaining('InvalidVpcState'),
      detail: `VPC ${String(vpc['id'])} is currently attached to the Virtual Private Gateway ${String(gateway['id'])}.`,
    })
    const other = cloud.create('aws_vpc', { cidr_block: '10.99.0.0/16' })
    const second = cloud.create('aws_vpn_gateway', { vpc_id: other['id'], tags: { Name: 'second' } })
    expect(refusalOf(() => cloud.update(second, 'aws_vpn_gateway', { vpc_id: vpc['id'] })).message).toContain('InvalidVpcState')
    cloud.remove('aws_vpn_gateway', gateway)
    expect(cloud.update(second, 'aws_vpn_gateway', { vpc_id: vpc['id'] })['vpc_id']).toBe(vpc['id'])
  })

  it('stays while it has connections', () => {
    const { cloud, gateway, connect } = sample()
    const connection = connect()
    expect(refusalOf(() => cloud.remove('aws_vpn_gateway', gateway)).message).toContain('DependencyViolation')
    cloud.remove('aws_vpn_connection', connection)
    expect(() => cloud.remove('aws_vpn_gateway', gateway)).not.toThrow()
  })
})

describe('an attachment of a virtual private gateway', () => {
  it('counts like the argument of the gateway', () => {
    const { cloud, vpc } = sample()
    const other = cloud.create('aws_vpc', { cidr_block: '10.99.0.0/16' })
    const loose = cloud.create('aws_vpn_gateway', {})
    expect(refusalOf(() => cloud.create('aws_vpn_gateway_attachment', { vpc_id: vpc['id'], vpn_gateway_id: loose['id'] })).message).toContain('InvalidVpcState')
    const attachment = cloud.create('aws_vpn_gateway_attachment', { vpc_id: other['id'], vpn_gateway_id: loose['id'] })
    expect(attachment['id']).toMatch(/^vpn-attachment-[0-9a-f]{8}$/)
    const third = cloud.create('aws_vpc', { cidr_block: '10.98.0.0/16' })
    expect(refusalOf(() => cloud.create('aws_vpn_gateway_attachment', { vpc_id: third['id'], vpn_gateway_id: loose['id'] })).message).toContain('VpnGatewayAttachmentLimitExceeded')
    expect(refusalOf(() => cloud.remove('aws_vpn_gateway', loose)).message).toContain('IncorrectState')
    expect(refusalOf(() => cloud.remove('aws_vpc', other)).message).toContain('DependencyViolation')
    cloud.remove('aws_vpn_gateway_attachment', attachment)
    expect(() => cloud.remove('aws_vpn_gateway', loose)).not.toThrow()
  })
})

describe('route propagation', () => {
  it('needs the gateway attached to the VPC of the table', () => {
    const { cloud, table, gateway } = sample()
    const loose = cloud.create('aws_vpn_gateway', {})
    const propagate = (id: unknown): unknown => cloud.create('aws_vpn_gateway_route_propagation', { route_table_id: table['id'], vpn_gateway_id: id })['id']
    expect(refusalOf(() => propagate(loose['id']))).toMatchObject({ message: expect.stringContaining('Gateway.NotAttached'), path: ['vpn_gateway_id'] })
    expect(propagate(gateway['id'])).toBe(`${String(gateway['id'])}_${String(table['id'])}`)
  })
})

describe('a customer gateway', () => {
  const base = { bgp_asn: '64603', type: 'ipsec.1' }

  it.each(['10.0.0.1', '100.64.0.1', '172.16.0.1', '192.168.1.1', '169.254.1.1', '127.0.0.1', 'gateway.example', null])('refuses the address %s', (address) => {
    expect(refusalOf(() => sample().cloud.create('aws_customer_gateway', { ...base, ip_address: address }))).toMatchObject({
      message: expect.stringContaining('InvalidParameterValue'), path: ['ip_address'],
    })
  })

  it.each(['192.0.2.1', '198.51.100.1', '203.0.113.254', '100.128.0.1', '172.32.0.1'])('accepts the address %s', (address) => {
    expect(sample().cloud.create('aws_customer_gateway', { ...base, ip_address: address })['id']).toMatch(/^cgw-0[0-9a-f]{16}$/)
  })

  it('is told from its twin by the device name', () => {
    const { cloud } = sample()
    const twin = { bgp_asn: '64602', ip_address: '198.51.100.7', type: 'ipsec.1', device_name: 'first' }
    expect(refusalOf(() => cloud.create('aws_customer_gateway', twin)).detail).toContain('An existing customer gateway for IpAddress: 198.51.100.7')
    expect(() => cloud.create('aws_customer_gateway', { ...twin, device_name: 'second' })).not.toThrow()
    expect(() => cloud.create('aws_customer_gateway', { ...twin, bgp_asn: '64603' })).not.toThrow()
    expect(() => cloud.create('aws_customer_gateway', { ...twin, region: 'us-east-1' })).not.toThrow()
  })

  it('stays while a connection uses it', () => {
    const { cloud, customer, connect } = sample()
    const connection = connect()
    expect(refusalOf(() => cloud.remove('aws_customer_gateway', customer)).detail).toBe('The customer gateway is in use.')
    cloud.remove('aws_vpn_connection', connection)
    expect(() => cloud.remove('aws_customer_gateway', customer)).not.toThrow()
  })
})
