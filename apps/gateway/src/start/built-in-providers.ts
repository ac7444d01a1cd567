import type { AnyProvider } from '@isthmus/core'
import { alibaba } from '@isthmus/provider-alibaba'
import { aws } from '@isthmus/provider-aws'
import { azure } from '@isthmus/provider-azure'
import { gcp } from '@isthmus/provider-gcp'
import { ibm } from '@isthmus/provider-ibm'
import { tencent } from '@isthmus/provider-tencent'

/** The providers that the gateway brings along. */
export const builtInProviders: readonly AnyProvider[] = [alibaba, aws, azure, gcp, ibm, tencent]
