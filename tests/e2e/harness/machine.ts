import { inject } from "vitest";
import type { CodeServerInstall } from "./launch.ts";

/** What the tests run in. */
export interface Machine {
  readonly codeServer: CodeServerInstall;
  /** The path of a Chromium or Chrome. */
  readonly chromium: string;
}

declare module "vitest" {
  interface ProvidedContext {
    machine: Machine | null;
  }
}

/** What was found or installed before the tests. Null if something is missing and the tests are skipped. */
export const machine: Machine | null = inject("machine");
