import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ["**/*.e2e.ts"],
    globalSetup: "./harness/globalSetup.ts",
    pool: "forks",
    // One VS Code and one browser at a time: they already take all that a small machine has.
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A test that passes only the second time is a defect.
    retry: 0,
  },
});
