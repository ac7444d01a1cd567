// Runs a TypeScript module of this package in a process of its own: node run-typescript.mjs <module> [arguments]
import { runnerImport } from 'vite'

await runnerImport(process.argv[2])
