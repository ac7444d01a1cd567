import { judge, type Rule, type Rules, type Setting, type Verdict } from '../rules.ts'
import type { Argument } from '../stack.ts'
import { alibabaArguments } from './alibaba.ts'
import { awsArguments } from './aws.ts'
import { azureArguments } from './azure.ts'
import { gcpArguments } from './gcp.ts'
import { ibmArguments } from './ibm.ts'
import { tencentArguments } from './tencent.ts'

const rules: Rules = { ...alibabaArguments, ...awsArguments, ...azureArguments, ...gcpArguments, ...ibmArguments, ...tencentArguments }

/** Network resources that are walked for the blocks they state. */
export const networkTypes: readonly string[] = [
  'alicloud_vpc', 'alicloud_vswitch', 'aws_vpc', 'azurerm_virtual_network', 'google_compute_subnetwork', 'ibm_is_vpc_address_prefix', 'tencentcloud_vpc',
]

/** What any resource may say to OpenTofu about itself. */
const everywhere: readonly Rule[] = [[/^(lifecycle\.|depends_on$)/, { reason: 'tells OpenTofu when to act, not the cloud what to make' }]]

/** What an argument is to the other end; throws for one that nobody has judged yet. */
export function verdictOn(argument: Argument, setting: Setting): Verdict {
  return judge([...everywhere, ...(rules[argument.resource.type] ?? [])], argument, setting)
}
