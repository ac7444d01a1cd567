import { defineConfig } from 'vitest/config'

// Many tests run the real OpenTofu, which takes seconds while other packages are tested beside it.
// Modules hold no state, so files share them: loading them again for each file costs more than most tests.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], isolate: false, testTimeout: 60_000, hookTimeout: 60_000 } })
