import type { SimulatedCloud } from '../behaviour/behaviour.ts'
import { alibabaCloud } from './alibaba/index.ts'
import { awsCloud } from './aws/index.ts'
import { azureCloud } from './azure/index.ts'
import { gcpCloud } from './gcp/index.ts'
import { ibmCloud } from './ibm/index.ts'
import { tencentCloud } from './tencent/index.ts'

/** All simulated clouds there are. */
export const clouds: readonly SimulatedCloud[] = [alibabaCloud, awsCloud, azureCloud, gcpCloud, ibmCloud, tencentCloud]
