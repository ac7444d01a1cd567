import type { SimulatedCloud } from '../behaviour/behaviour.ts'
import { awsCloud } from './aws/index.ts'
import { azureCloud } from './azure/index.ts'
import { gcpCloud } from './gcp/index.ts'

/** All simulated clouds there are. */
export const clouds: readonly SimulatedCloud[] = [awsCloud, azureCloud, gcpCloud]
