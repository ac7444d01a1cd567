import { defineConfig } from 'vitest/config'

// Modules hold no state, so files share them: loading them again for each file costs more than most tests.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], testTimeout: 60_000, isolate: false } })
