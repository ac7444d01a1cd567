import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { commandEnvironment } from './environment.ts'

const always = { TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: devNull }

describe('the environment of a command', () => {
  it.each([
    { name: 'what every program needs', from: { PATH: '/bin', HOME: '/home/u', https_proxy: 'http://proxy' }, prefixes: [], set: {}, expected: { PATH: '/bin', HOME: '/home/u', https_proxy: 'http://proxy' } },
    { name: 'credentials whose prefix was named', from: { ACME_ID: '1', NORTH_ID: '2' }, prefixes: ['ACME_'], set: {}, expected: { ACME_ID: '1' } },
    { name: 'nothing that makes OpenTofu log or act differently', from: { TF_LOG: 'trace', TF_CLI_ARGS: '-x', TF_VAR_a: '1', NODE_OPTIONS: '-r x' }, prefixes: [], set: {}, expected: {} },
    { name: 'what is set, over everything else', from: { PATH: '/bin' }, prefixes: [], set: { PATH: '/opt', TF_CLI_CONFIG_FILE: '/simulated.tfrc' }, expected: { PATH: '/opt', TF_CLI_CONFIG_FILE: '/simulated.tfrc' } },
    { name: 'no configuration file that does not exist', from: { TF_CLI_CONFIG_FILE: '/nowhere/tofurc' }, prefixes: [], set: {}, expected: {} },
    { name: 'a configuration file that exists', from: { TF_CLI_CONFIG_FILE: fileURLToPath(import.meta.url) }, prefixes: [], set: {}, expected: { TF_CLI_CONFIG_FILE: fileURLToPath(import.meta.url) } },
  ])('holds $name', ({ from, prefixes, set, expected }) => {
    expect(commandEnvironment({ from, prefixes, set })).toEqual({ ...always, ...expected })
  })
})
