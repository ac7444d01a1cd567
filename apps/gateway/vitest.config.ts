import { defineConfig } from 'vitest/config'

// Many tests run gateways with the real OpenTofu: a VPN takes seconds, and longer while other tests run beside it.
export default defineConfig({ test: { include: ['{src,test}/**/*.test.ts'], maxWorkers: 2, testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } } })
