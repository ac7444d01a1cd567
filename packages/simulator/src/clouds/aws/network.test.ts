import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

describe('a VPC', () => {
  it('computes what EC2 computes', () => {
    const { vpc } = sample()
    expect(vpc).toMatchObject({
      id: expect.stringMatching(/^vpc-0[0-9a-f]{16}$/),
      arn: `arn:aws:ec2:ap-northeast-2:123456789012:vpc/${String(vpc['id'])}`,
      owner_id: '123456789012',
      region: 'ap-northeast-2',
      tags_all: { Name: 'one' },
      main_route_table_id: expect.stringMatching(/^rtb-0[0-9a-f]{16}$/),
      default_security_group_id: expect.stringMatching(/^sg-0/),
      enable_dns_hostnames: false,
    })
    expect(vpc['default_route_table_id']).toBe(vpc['main_route_table_id'])
  })

  it('has the same id in every run and another one than its twin', () => {
    const { cloud, vpc } = sample()
    expect(sample().vpc['id']).toBe(vpc['id'])
    expect(cloud.create('aws_vpc', { cidr_block: '10.10.0.0/16', tags: { Name: 'one' } })['id']).not.toBe(vpc['id'])
  })

  it('adds the default tags of the provider', () => {
    const { cloud } = sample()
    cloud.provider['default_tags'] = [{ tags: { team: 'net', Name: 'none' } }]
    expect(cloud.create('aws_vpc', { cidr_block: '10.9.0.0/16', tags: { Name: 'two' } })['tags_all']).toEqual({ team: 'net', Name: 'two' })
  })

  it('computes tags_all anew when tags change, and only then', () => {
    const { cloud, vpc } = sample()
    expect(cloud.update(vpc, 'aws_vpc', { tags: { Name: 'other' } })['tags_all']).toEqual({ Name: 'other' })
    cloud.provider['default_tags'] = [{ tags: { team: 'net' } }]
    expect(cloud.update(vpc, 'aws_vpc', { enable_dns_hostnames: true })['tags_all']).toEqual({ Name: 'one' })
  })

  it.each([['10.0.0.0/15', '10.0.0.0/16'], ['10.0.0.0/29', '10.0.0.0/28'], ['10.0.0.1/16', '10.0.0.0/16']])('refuses %s and accepts %s', (refused, accepted) => {
    const { cloud } = sample()
    expect(refusalOf(() => cloud.create('aws_vpc', { cidr_block: refused }))).toMatchObject({ message: expect.stringContaining('InvalidVpc.Range'), path: ['cidr_block'] })
    expect(cloud.create('aws_vpc', { cidr_block: accepted })['cidr_block']).toBe(accepted)
  })

  it('stays while something is inside', () => {
    const { cloud, vpc, subnet, table, gateway } = sample()
    expect(refusalOf(() => cloud.remove('aws_vpc', vpc)).detail).toContain('has dependencies and cannot be deleted')
    cloud.remove('aws_subnet', subnet)
    cloud.remove('aws_route_table', table)
    cloud.remove('aws_vpn_gateway', gateway)
    expect(() => cloud.remove('aws_vpc', vpc)).not.toThrow()
  })

  it('takes a further block that subnets can use', () => {
    const { cloud, vpc } = sample()
    expect(refusalOf(() => cloud.create('aws_subnet', { vpc_id: vpc['id'], cidr_block: '10.11.1.0/24' })).message).toContain('InvalidSubnet.Range')
    expect(refusalOf(() => cloud.create('aws_vpc_ipv4_cidr_block_association', { vpc_id: vpc['id'], cidr_block: '10.10.0.0/20' })).message).toContain('CidrConflict')
    expect(refusalOf(() => cloud.create('aws_vpc_ipv4_cidr_block_association', { vpc_id: vpc['id'], cidr_block: '10.12.0.0/14' })).message).toContain('InvalidVpc.Range')
    const further = cloud.create('aws_vpc_ipv4_cidr_block_association', { vpc_id: vpc['id'], cidr_block: '10.11.0.0/16' })
    const inside = cloud.create('aws_subnet', { vpc_id: vpc['id'], cidr_block: '10.11.1.0/24' })
    expect(refusalOf(() => cloud.remove('aws_vpc_ipv4_cidr_block_association', further)).message).toContain('OperationNotPermitted')
    cloud.remove('aws_subnet', inside)
    expect(() => cloud.remove('aws_vpc_ipv4_cidr_block_association', further)).not.toThrow()
  })
})

describe('a subnet', () => {
  it('computes what EC2 computes', () => {
    expect(sample().subnet).toMatchObject({
      id: expect.stringMatching(/^subnet-0[0-9a-f]{16}$/), availability_zone_id: 'apne2-az1', private_dns_hostname_type_on_launch: 'ip-name',
    })
  })

  it.each([
    ['a block outside its VPC', { cidr_block: '10.11.0.0/24' }, { cidr_block: '10.10.2.0/24' }, 'InvalidSubnet.Range', 'cidr_block'],
    ['a block that overlaps a sibling', { cidr_block: '10.10.1.128/25' }, { cidr_block: '10.10.0.128/25' }, 'InvalidSubnet.Conflict', 'cidr_block'],
    ['a block that is too small', { cidr_block: '10.10.3.0/29' }, { cidr_block: '10.10.3.0/28' }, 'InvalidSubnet.Range', 'cidr_block'],
    ['a zone of another region', { cidr_block: '10.10.4.0/24', availability_zone: 'us-east-1a' }, { cidr_block: '10.10.4.0/24', availability_zone: 'ap-northeast-2b' }, 'InvalidParameterValue', 'availability_zone'],
    ['an unknown VPC', { cidr_block: '10.10.5.0/24', vpc_id: 'vpc-0' }, { cidr_block: '10.10.5.0/24' }, 'InvalidVpcID.NotFound', 'vpc_id'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, code, path) => {
    const { cloud, vpc } = sample()
    expect(refusalOf(() => cloud.create('aws_subnet', { vpc_id: vpc['id'], ...refused }))).toMatchObject({ message: expect.stringContaining(code), path: [path] })
    expect(() => cloud.create('aws_subnet', { vpc_id: vpc['id'], ...accepted })).not.toThrow()
  })
})
