import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { commandEnvironment } from '../process/environment.ts'
import type { InstallInput, InstallResult } from './release.ts'
import { isAtLeast, tofuVersion } from './tofu-binary.ts'

/** Wrapper module that pins OpenTofu and everything it is made of; `go install` refuses OpenTofu itself because its go.mod has a replace directive. */
const moduleFolder = fileURLToPath(new URL('../../module', import.meta.url))

const linkerFlags = '-s -w -X github.com/opentofu/opentofu/version.dev=no'

/** Builds the published Go module, if a Go that is new enough is on the PATH. */
export async function buildWithGo({ target, log }: InstallInput, env: NodeJS.ProcessEnv): Promise<InstallResult> {
  const [found, wanted] = await Promise.all([goVersion(env), requiredGo()])
  if (found === undefined) return { installed: false, reason: 'there is no go on the PATH' }
  if (!isAtLeast(found, wanted)) return { installed: false, reason: `go ${found} is older than ${wanted}, which OpenTofu ${tofuVersion} needs` }
  log(`building OpenTofu ${tofuVersion} from its Go module with go ${found}; about five minutes on two cores`)
  const folder = await mkdtemp(join(dirname(target), 'build-'))
  try {
    await cp(moduleFolder, folder, { recursive: true })
    const args = ['build', '-trimpath', '-mod=readonly', '-ldflags', linkerFlags, '-o', target, 'github.com/opentofu/opentofu/cmd/tofu']
    const { exitCode, stderr, shortMessage } = await execa('go', args, { cwd: folder, env: { ...goEnvironment(env), CGO_ENABLED: '0' }, extendEnv: false, reject: false, stdin: 'ignore' })
    return exitCode === 0 ? { installed: true } : { installed: false, reason: `go build failed: ${stderr.slice(-2000) || shortMessage}` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function goVersion(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { stdout, exitCode } = await execa('go', ['env', 'GOVERSION'], { env: goEnvironment(env), extendEnv: false, reject: false, stdin: 'ignore' })
  return exitCode === 0 ? /^go(\d+(?:\.\d+)*)/.exec(stdout)?.[1] : undefined
}

async function requiredGo(): Promise<string> {
  const text = await readFile(join(moduleFolder, 'go.mod'), 'utf8')
  return /^go (\S+)$/m.exec(text)?.[1] ?? '0'
}

/** Settings of a Go installation, by name: `GO` as a prefix would let the credentials of a cloud pass whose name begins so. */
const goVariables = ['GOROOT', 'GOPATH', 'GOENV', 'GOCACHE', 'GOTMPDIR', 'GOMODCACHE', 'GOPROXY', 'GOPRIVATE', 'GONOPROXY', 'GOSUMDB', 'GONOSUMDB', 'GOINSECURE', 'GOAUTH', 'GOVCS', 'XDG_', 'GIT_']

/** A Go that is too old would otherwise fetch a newer one by itself. */
function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return commandEnvironment({ from: env, prefixes: goVariables, set: { GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off' } })
}
