import { describe, expect, it } from "vitest";
import { accountLines, suspensionText } from "./accounts.js";

const acme = { accountId: "acme", displayName: "Acme Research" };
const globex = { accountId: "globex" };

describe("accountLines", () => {
  it("has the account in use first, and says that it is", () => {
    expect(accountLines([acme, globex], [], "globex")).toEqual([
      { label: "globex", description: "in use", value: "globex" },
      { label: "Acme Research", description: "acme", value: "acme" },
    ]);
  });

  it("has accounts for which another key was entered, once each", () => {
    const lines = accountLines([acme], ["initech", "acme"], "acme");
    expect(lines.map(({ value }) => value)).toEqual(["acme", "initech"]);
  });

  it("keeps the gateway's order where none is in use", () => {
    expect(accountLines([globex, acme], [], undefined).map(({ value }) => value)).toEqual(["globex", "acme"]);
  });

  it("says why one is suspended", () => {
    const [line] = accountLines([{ ...globex, suspendState: "FAILED_PAYMENTS" }], [], undefined);
    expect(line?.detail).toBe("Suspended: a payment failed.");
  });
});

describe("suspensionText", () => {
  it.each([undefined, "UNSUSPENDED"])("says nothing of %s", (state) => {
    expect(suspensionText(state)).toBeUndefined();
  });

  it.each(["FAILED_PAYMENTS", "CREDIT_DEPLETED", "MONTHLY_SPEND_LIMIT_EXCEEDED", "BLOCKED_BY_ABUSE_RULE"])(
    "has words for %s",
    (state) => {
      expect(suspensionText(state)).toMatch(/^Suspended: [a-z' ]+\.$/);
    },
  );

  it("keeps the name of a state that this version does not know", () => {
    expect(suspensionText("GONE_FISHING")).toBe("Suspended: GONE_FISHING.");
  });
});
