import { existsSync } from 'node:fs'

/** Environment variable through which the key reaches the key command. */
export const stateKeyVariable = 'ISTHMUS_STATE_KEY'

/** First line of the protocol of OpenTofu's external key provider, version 1. */
const header = '{"magic":"OpenTofu-External-Key-Provider","version":1}'

const shell = '/bin/sh'

/** Which program prints the key. */
export type KeyCommandKind = 'shell' | 'node'

/** A shell starts in 1 ms and Node in 40 ms, so the shell wherever there is one. */
export function keyCommandKind(): KeyCommandKind {
  return process.platform !== 'win32' && existsSync(shell) ? 'shell' : 'node'
}

/**
 * The command that OpenTofu runs to learn the key. It holds no key: it prints the one it finds in its environment, so the
 * key is neither in an argument nor in a file.
 */
export function keyCommand(kind: KeyCommandKind): readonly string[] {
  return kind === 'shell' ? [shell, '-c', shellScript()] : [process.execPath, '-e', nodeScript()]
}

/**
 * `echo` is built into every shell while `printf` is not, and an external program would get the key as an argument. SIGINT
 * is ignored because it goes to the whole process group, and OpenTofu may need the key to save its state just then.
 */
function shellScript(): string {
  const key = `"'"$${stateKeyVariable}"'"`
  return `trap '' INT; echo '${header}'; echo '{"keys":{"encryption_key":${key},"decryption_key":${key}},"meta":{"external_data":{}}}'`
}

function nodeScript(): string {
  return [
    "process.on('SIGINT', () => {})",
    `const key = process.env.${stateKeyVariable}`,
    `console.log('${header}')`,
    'console.log(JSON.stringify({ keys: { encryption_key: key, decryption_key: key }, meta: { external_data: {} } }))',
  ].join(';')
}
