import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.ts"],
    globalSetup: "./globalSetup.ts",
    // Ends tests that hang. Several times as long as the slowest test takes on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    retry: 0,
    // Tests mostly wait for timers, so more of them run at once than there are processors.
    maxConcurrency: 12,
    maxWorkers: 4,
  },
});
