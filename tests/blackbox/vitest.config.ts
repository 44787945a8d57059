import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.ts"],
    testTimeout: 30_000,
    retry: 0,
    // Tests that run at once mostly wait for a clock: more of them than there are processors.
    maxConcurrency: 12,
  },
});
