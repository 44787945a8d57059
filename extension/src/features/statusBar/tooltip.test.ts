import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { confirmed, environment, observed, roomWait } from "../../../test/views.js";
import { initialView, type View } from "../../state/view.js";
import { tooltip, tooltipCommands } from "./tooltip.js";

const times = { clock: String, short: String, long: (time: string) => time.slice(11, 16) };
const lines = (view: View, now = observed) => tooltip(view, now, times).split("  \n");
const connection = {
  nodePoolId: "h100",
  numRanks: 8,
  zone: "us-east-1a",
  role: "arn:aws:iam::123456789012:role/trainer",
  useLocalStorage: true,
};
const problem = { code: 14, status: "UNAVAILABLE", message: "The gateway does not answer." };

describe("tooltip", () => {
  it("shows everything that's known", () => {
    const described = environment({
      displayName: "Night run",
      connection,
      updateTime: "2026-11-22T04:12:00Z",
    });
    const view = confirmed(described, {
      account: {
        accountId: "acme",
        email: "ada@example.com",
        keySource: "environment",
        keyOrigin: "FIREWORKS_API_KEY",
      },
    });
    expect(lines(view)).toEqual([
      "**Environment**: Night run \\(trainer\\)",
      "**State**: Connected",
      "**Node pool**: h100",
      "**Ranks**: 8",
      "**Zone**: us\\-east\\-1a",
      "**Role**: arn\\:aws\\:iam\\:\\:123456789012\\:role/trainer",
      "**Local storage**: mounted at /tmp",
      "**Last changed**: 04\\:12",
      "**Last confirmed**: 05\\:00",
      "**Account**: acme \\(ada\\@example\\.com\\)",
      "**API key from**: FIREWORKS\\_API\\_KEY",
      "[Disconnect…](command:companion.disconnect) · [Choose Node Pool…](command:companion.connectTo) · [Set End…](command:companion.setEnd) · [Refresh](command:companion.refresh) · [Show Log](command:companion.showLog)",
    ]);
  });

  it.each<[what: string, lease: object, shown: string]>([
    [
      "while VS Code keeps it",
      { until: "18:30", keptBy: ["vscode"] },
      "**Ends**: 18\\:30, if VS Code is running then",
    ],
    [
      "while the system keeps it, too",
      { until: "18:30", keptBy: ["vscode", "system"] },
      "**Ends**: 18\\:30, if this computer is on and you're logged in then",
    ],
    [
      "that was missed",
      { until: "20:12", keptBy: [], missed: "18:30" },
      "**Missed end**: 18\\:30 passed without a disconnect",
    ],
  ])("shows an end %s", (_, lease, shown) => {
    const text = lines(confirmed(environment({ lease: lease as never })));
    expect(text.filter((line) => /end/i.test(line.slice(0, 14)))).toEqual([shown]);
  });

  it.each([
    [
      "goes on",
      false,
      "**Waiting for room**: in h100, until 2026\\-11\\-22T05\\:30\\:00\\.000Z, if VS Code is running",
    ],
    ["was stopped", true, "**No longer waiting**: for room in h100"],
  ])("shows a wait for room that %s", (_, isStopped, shown) =>
    expect(lines(confirmed(environment(), { roomWait: roomWait({ isStopped }) }))).toContain(shown),
  );

  it("shows what the connection has used so far", () => {
    const shown = tooltip(confirmed(), observed, times, undefined, "3 h 12 m, 25.6 GPU-hours (≈ $64)");
    expect(shown.split("  \n")).toContain("**This connection**: 3 h 12 m, 25\\.6 GPU\\-hours \\(≈ \\$64\\)");
  });

  it("shows what to do if a connect takes long", () => {
    const connecting = { state: "CONNECTING", stateSince: "2026-11-22T04:57:49Z", expectedSeconds: 40 };
    expect(lines(confirmed(environment(connecting)))).toContain(
      "**Longer than usual**: Connecting usually takes 40 s\\. You can wait, or disconnect it as soon as it's connected\\.",
    );
    expect(lines(confirmed(environment({ ...connecting, expectedSeconds: 120 }))).join()).not.toContain(
      "usual",
    );
  });

  it("shows what failed, and why the state isn't confirmed", () => {
    const described = environment({
      state: "DISCONNECTED",
      status: { code: "INTERNAL", message: "No node." },
      connection,
    });
    const shown = lines(confirmed(described, { confirmed: false, problem, misses: 2 }));
    expect(shown).toContain("**Last known state**: Disconnected");
    expect(shown).toContain("**Last failure**: INTERNAL\\: No node\\.");
    expect(shown).toContain("**Last node pool**: h100");
    expect(shown).toContain("**Not confirmed**: The gateway does not answer\\.");
    expect(shown.at(-1)).toContain("(command:companion.connect)");
  });

  it.each([
    ["CONNECTED", true, "**Connected since**: 04\\:10"],
    ["DISCONNECTING", true, "**In this state since**: 04\\:10"],
    ["CONNECTED", false, "**Last changed**: 04\\:12"],
  ])("shows since when it has been %s if that's confirmed: %s", (state, isConfirmed, line) => {
    const described = environment({
      state,
      stateSince: "2026-11-22T04:10:00Z",
      updateTime: "2026-11-22T04:12:00Z",
    });
    const shown = lines(confirmed(described, { confirmed: isConfirmed }));
    expect(shown).toContain(line);
    expect(shown.filter((one) => /since\*\*|Last changed/.test(one))).toHaveLength(1);
  });

  it("doesn't show the time of a failed disconnect as the start of the connection", () => {
    const described = environment({
      status: { code: "INTERNAL", message: "The snapshot failed." },
      updateTime: "2026-11-22T04:12:00Z",
    });
    const shown = lines(confirmed(described));
    expect(shown).toContain("**Last changed**: 04\\:12");
    expect(shown.join()).not.toMatch(/since/i);
  });

  it("links to the actions of a failed change", () => {
    const failedChange = { message: "The snapshot failed.", state: "CONNECTED" };
    expect(lines(confirmed(environment(), { failedChange })).at(-1)).toMatch(
      /^\[Last change failed.*\]\(command:companion\.showLastFailure\) · \[Disconnect/,
    );
  });

  it("doesn't change after one temporary failure", () => {
    const missed = confirmed(environment(), { problem, misses: 1 });
    expect(lines(missed)).toEqual(lines(confirmed()));
  });

  it("escapes links in texts from the gateway", () => {
    const described = environment({ displayName: "[x](command:workbench.action.quit)" });
    expect(lines(confirmed(described))[0]).toBe(
      "**Environment**: \\[x\\]\\(command\\:workbench\\.action\\.quit\\) \\(trainer\\)",
    );
  });

  it("introduces Companion until an environment is selected", () => {
    const shown = lines(initialView);
    expect(shown[0]).toBe("Connects a Fireworks environment to a GPU node pool and disconnects it.");
    for (const command of ["connect", "selectEnvironment", "trySandbox", "getStarted"]) {
      expect(shown.at(-1)).toContain(`(command:companion.${command})`);
    }
  });

  it("explains the sandbox, and offers to leave it", () => {
    const shown = lines({ ...initialView, sandbox: true });
    expect(shown[0]).toBe("**Sandbox**: nothing here is real, and nothing costs money");
    expect(shown.at(-1)).toContain("(command:companion.leaveSandbox)");
  });

  it.each<[string, View, string]>([
    ["a server that has stopped", { ...initialView, server: "failed" }, "companion.restartServer"],
    ["being signed out", { ...initialView, account: null }, "companion.signIn"],
    ["no environment", initialView, "companion.selectEnvironment"],
  ])("offers the right actions for %s", (_, view, command) =>
    expect(lines(view).at(-1)).toContain(`(command:${command})`),
  );

  it("links only to existing commands", () => {
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    expect(contributed).toEqual(expect.arrayContaining([...tooltipCommands]));
  });
});
