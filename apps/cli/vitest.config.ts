import { defineConfig } from 'vitest/config'

// Tests run the command with the real OpenTofu: an apply takes seconds, and longer while other tests run beside it.
// Most of that is waiting for simulated clouds, so more files run at a time than there are cores.
// Modules hold no state, so files share them: loading them again for each file costs more than most tests.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], isolate: false, maxWorkers: 3, testTimeout: 120_000, hookTimeout: 180_000 } })
