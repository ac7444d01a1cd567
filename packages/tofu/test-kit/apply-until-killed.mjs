// Applies a stack until it is killed: stands for an Isthmus that dies. Arguments: workspace folder, binary, state key in hex.
import { runnerImport } from 'vite'

const [, , dir, path, key] = process.argv
const { module } = await runnerImport(new URL('../src/index.ts', import.meta.url).pathname)
const workspace = new module.Workspace({ dir, binary: { path, version: '1.12.6', source: 'path' }, stateKey: Buffer.from(key, 'hex'), environment: {} })
await workspace.init()
await workspace.plan()
await workspace.apply((event) => {
  if (event.type === 'provision_start') console.log('at work')
})
