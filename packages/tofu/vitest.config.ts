import { defineConfig } from 'vitest/config'

// Many tests run the real OpenTofu, which takes seconds while other packages are tested beside it.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } })
