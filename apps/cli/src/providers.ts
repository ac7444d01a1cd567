import type { AnyProvider } from '@isthmus/core'
import { aws } from '@isthmus/provider-aws'
import { azure } from '@isthmus/provider-azure'
import { gcp } from '@isthmus/provider-gcp'

/** The providers that the command brings along. */
export const providers: readonly AnyProvider[] = [aws, azure, gcp]
