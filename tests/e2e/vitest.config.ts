import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ["**/*.e2e.ts"],
    globalSetup: "./harness/globalSetup.ts",
    pool: "forks",
    // A test mostly waits for what a person would wait for: two of them share a small machine well.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A test that passes only the second time is a defect.
    retry: 0,
  },
});
