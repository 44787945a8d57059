import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { vscode: fileURLToPath(new URL("test/vscode.ts", import.meta.url)) } },
  test: {
    include: ["src/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    // Ends tests that hang. Several times as long as the slowest test takes on a busy machine.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    retry: 0,
  },
});
