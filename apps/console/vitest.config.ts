import { defineConfig } from 'vitest/config'

// A browser and a server for each file: on a busy machine they take a while to start.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } })
