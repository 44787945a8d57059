import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const stub = (name: string) => fileURLToPath(new URL(`../../extension/test/${name}`, import.meta.url));

export default defineConfig({
  resolve: { alias: { vscode: stub("vscode.ts") } },
  test: { include: ["*.test.ts"], setupFiles: [stub("setup.ts")], testTimeout: 60_000, retry: 0 },
});
