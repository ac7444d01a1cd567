import type { z } from 'zod'
import type { Infra, Node } from '../../infra/infra.ts'
import type { Stored } from '../../store/index.ts'
import type { Vnet } from '../../vnet/vnet.ts'
import type { VnetAnswers } from '../vnet/vnet-answers.ts'
import type { infraInfo, NodeInfo } from './infra-models.ts'

/** Shows sets of nodes as clients of this API read them. */
export class InfraAnswers {
  readonly #answers: VnetAnswers

  constructor(answers: VnetAnswers) {
    this.#answers = answers
  }

  /** @param older whether the client calls nodes `vm` */
  infra({ id, doc }: Stored<Infra>, vnets: readonly Stored<Vnet>[], older: boolean): z.input<typeof infraInfo> {
    const node = doc.nodes.map((item) => this.#node(item, vnets))
    const { length } = node
    const said = ['The nodes are simulated.', ...(doc.message === '' ? [] : [doc.message])]
    return {
      resourceType: older ? 'mci' : 'infra',
      id,
      uid: doc.uid,
      name: doc.name,
      status: doc.status === 'Running' ? `Running:${length} (R:${length}/${length})` : `${doc.status}:0 (R:0/0)`,
      statusCount: { countTotal: length, countRunning: length, countCreating: 0, countFailed: 0, countSuspended: 0, countTerminated: 0 },
      targetStatus: 'None',
      targetAction: 'None',
      installMonAgent: 'no',
      label: {},
      // Older clients take a system message for a text, or for a list, and neither for the other.
      ...(older ? { systemLabel: said.join(' ') } : { systemLabel: '', systemMessage: said }),
      description: doc.description,
      placementAlgo: '',
      newNodeList: [],
      node,
      ...(older ? { vm: node } : {}),
    }
  }

  #node({ name, uid, group, connection, vnet, subnet, privateIp, publicIp, spec, image }: Node, vnets: readonly Stored<Vnet>[]): NodeInfo {
    const found = vnets.find(({ id }) => id === vnet)?.doc
    const config = this.#answers.connection(connection)
    const at = found?.subnets.find((item) => item.name === subnet)
    return {
      resourceType: 'node',
      id: name,
      uid,
      name,
      nodeGroupId: group,
      status: 'Running',
      targetStatus: 'None',
      targetAction: 'None',
      systemMessage: '',
      description: '',
      privateIP: privateIp,
      publicIP: publicIp,
      connectionName: connection,
      connectionConfig: config,
      location: config.regionDetail.location,
      region: { region: config.regionZoneInfo.assignedRegion, zone: at?.zone || config.regionZoneInfo.assignedZone },
      vNetId: vnet,
      subnetId: subnet,
      cspVNetId: found?.csp.id ?? '',
      cspSubnetId: at?.csp.id ?? '',
      specId: spec,
      imageId: image,
      securityGroupIds: [],
      dataDiskIds: [],
      label: {},
    }
  }
}
