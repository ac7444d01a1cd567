import type { ProviderSchema } from '@isthmus/provider-kit/simulated-cloud'
import { networkData, networkTypes } from './schema-network.ts'
import { portData } from './schema-port.ts'
import { vpnTypes } from './schema-vpn.ts'

/** Structure of the real OpenTofu provider, cut to the types that a site uses. */
export const schema: ProviderSchema = {
  source: 'terraform-provider-openstack/openstack',
  version: '3.4.0',
  origin: 'printed by the code of the provider at version 3.4.0; words that only the cloud checks: openstack/neutron-lib, api/definitions/vpn.py',
  configuration: {
    allow_reauth: { type: 'bool', optional: true },
    application_credential_id: { type: 'string', optional: true },
    application_credential_name: { type: 'string', optional: true },
    application_credential_secret: { type: 'string', optional: true },
    auth_url: { type: 'string', optional: true },
    cacert_file: { type: 'string', optional: true },
    cert: { type: 'string', optional: true },
    cloud: { type: 'string', optional: true },
    default_domain: { type: 'string', optional: true },
    delayed_auth: { type: 'bool', optional: true },
    disable_no_cache_header: { type: 'bool', optional: true, default: false },
    domain_id: { type: 'string', optional: true },
    domain_name: { type: 'string', optional: true },
    enable_logging: { type: 'bool', optional: true, default: false },
    endpoint_overrides: { type: 'map', elem: 'string', optional: true },
    endpoint_type: { type: 'string', optional: true },
    insecure: { type: 'bool', optional: true },
    key: { type: 'string', optional: true },
    max_retries: { type: 'int', optional: true, default: 0 },
    password: { type: 'string', optional: true, sensitive: true },
    project_domain_id: { type: 'string', optional: true },
    project_domain_name: { type: 'string', optional: true },
    region: { type: 'string', optional: true },
    swauth: { type: 'bool', optional: true },
    system_scope: { type: 'bool', optional: true },
    tenant_id: { type: 'string', optional: true },
    tenant_name: { type: 'string', optional: true },
    token: { type: 'string', optional: true },
    user_domain_id: { type: 'string', optional: true },
    user_domain_name: { type: 'string', optional: true },
    user_id: { type: 'string', optional: true },
    user_name: { type: 'string', optional: true },
  },
  resources: { ...networkTypes, ...vpnTypes },
  dataSources: { ...networkData, ...portData },
}
