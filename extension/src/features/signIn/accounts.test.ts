import { describe, expect, it } from "vitest";
import { accountLines, suspensionText } from "./accounts.js";

const acme = { accountId: "acme", displayName: "Acme Research" };
const globex = { accountId: "globex" };

describe("accountLines", () => {
  it("puts the current account first and marks it", () => {
    expect(accountLines([acme, globex], [], "globex")).toEqual([
      { label: "globex", description: "in use", value: "globex" },
      { label: "Acme Research", description: "acme", value: "acme" },
    ]);
  });

  it("includes accounts with their own key, once each", () => {
    const lines = accountLines([acme], ["initech", "acme"], "acme");
    expect(lines.map(({ value }) => value)).toEqual(["acme", "initech"]);
  });

  it("keeps the gateway's order if no account is current", () => {
    expect(accountLines([globex, acme], [], undefined).map(({ value }) => value)).toEqual(["globex", "acme"]);
  });

  it("says why an account is suspended", () => {
    const [line] = accountLines([{ ...globex, suspendState: "FAILED_PAYMENTS" }], [], undefined);
    expect(line?.detail).toBe("Suspended: a payment failed.");
  });
});

describe("suspensionText", () => {
  it.each([undefined, "UNSUSPENDED"])("returns nothing for %s", (state) => {
    expect(suspensionText(state)).toBeUndefined();
  });

  it.each(["FAILED_PAYMENTS", "CREDIT_DEPLETED", "MONTHLY_SPEND_LIMIT_EXCEEDED", "BLOCKED_BY_ABUSE_RULE"])(
    "has a text for %s",
    (state) => {
      expect(suspensionText(state)).toMatch(/^Suspended: [a-z' ]+\.$/);
    },
  );

  it("keeps the name of an unknown state", () => {
    expect(suspensionText("GONE_FISHING")).toBe("Suspended: GONE_FISHING.");
  });
});
