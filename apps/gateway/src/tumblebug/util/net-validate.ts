import { validateNetworkTree, type NetworkTree } from '@isthmus/core'
import { z } from 'zod'
import { refuseErrors } from '../../http/findings-text.ts'
import { nothing, type Api } from '../../http/operation.ts'
import { simpleMessage } from '../dialect.ts'
import { networkModel, type NetworkModel } from './net-design.ts'

const validateRequest = z.object({ networkConfiguration: networkModel }).meta({ id: 'NetValidateRequest' })

/** `POST /util/net/validate`: everything that is wrong with a tree of networks. */
export function addNetValidate(api: Api): void {
  api.add({
    id: 'validateNet', method: 'post', paths: ['/util/net/validate'], tag: 'Network design', scope: 'read',
    summary: 'Check a network and its subnets',
    description: 'What is wrong answers 400 with all of it. The rules of no cloud are applied; creating a vNet applies them.',
    params: nothing, query: nothing, body: validateRequest, answers: { 200: simpleMessage },
  }, async ({ body }) => {
    const findings = validateNetworkTree(treeOf(body.networkConfiguration), { path: 'networkConfiguration' })
    refuseErrors(findings.map((item) => ({ ...item, path: item.path.replace(/\.cidr$/, '.cidrBlock') })))
    return { status: 200, body: { message: 'Network configuration is valid.' } }
  })
}

function treeOf({ cidrBlock, name, subnets }: NetworkModel): NetworkTree {
  return { cidr: cidrBlock, name, subnets: subnets?.map(treeOf) }
}
