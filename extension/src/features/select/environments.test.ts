import { describe, expect, it } from "vitest";
import { environmentLine } from "./environments.js";

const environment = {
  accountId: "acme",
  environmentId: "trainer",
  state: "DISCONNECTED",
  observedAt: "2026-11-22T05:00:00Z",
};

describe("environmentLine", () => {
  it("has the id where there is no name", () => {
    expect(environmentLine(environment)).toEqual({ label: "trainer", description: "Disconnected" });
  });

  it("has name and id, and where it is connected", () => {
    const connected = {
      ...environment,
      displayName: "Night run",
      state: "CONNECTED",
      connection: { nodePoolId: "h100" },
      createdBy: "ada@example.com",
      shared: true,
    };
    expect(environmentLine(connected)).toEqual({
      label: "Night run",
      description: "trainer · Connected · h100",
      detail: "ada@example.com · shared",
    });
  });
});
