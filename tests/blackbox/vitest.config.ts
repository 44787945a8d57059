import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.ts"],
    globalSetup: "./globalSetup.ts",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    retry: 0,
    // Tests mostly wait for a clock: more of them run at once than there are processors.
    maxConcurrency: 12,
    maxWorkers: 4,
  },
});
