import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ["**/*.e2e.ts"],
    globalSetup: "./harness/globalSetup.ts",
    pool: "forks",
    // So that tests can use the VS Code of earlier tests; see harness/running.ts.
    isolate: false,
    // Tests mostly wait, so two of them can share a small machine.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A test that passes only on the second try is a defect.
    retry: 0,
  },
});
