import { defineConfig } from 'vitest/config'

// Tests run the command with the real OpenTofu: an apply takes seconds, and longer while other tests run beside it.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 } })
