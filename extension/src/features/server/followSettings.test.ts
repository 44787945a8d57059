import { beforeEach, expect, it } from "vitest";
import { confirmed, environment } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { Reporter } from "../../ui/report.js";
import { timesIn } from "../../util/times.js";
import { followSettings } from "./restartServer.js";

const until = "2026-11-22T18:30:00Z";
const ending = environment({ displayName: "Night run", lease: { until, keptBy: ["vscode"] } });
const restart = "Restart Companion's server to apply the changed setting.";

function change(setting: string, environments: EnvironmentInfo[], state = "running"): void {
  const mask = new SecretMask();
  const following = followSettings({
    environments: { all: environments.map((one) => confirmed(one)) },
    reporter: new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask),
    server: { state },
  } as unknown as App);
  recorded.settingsChanged.fire({ affectsConfiguration: (name: string) => name === setting });
  following.dispose();
}

beforeEach(() => {
  recorded.messages.length = 0;
});

it("warns that ends aren't kept at a gateway that's no longer used", () => {
  change("companion.gatewayUrl", [environment({ environmentId: "other" }), ending]);
  expect(recorded.messages).toEqual([
    `${restart} After that, Companion can't end these connections at the previous gateway, ` +
      `and you're charged for them: Night run: ${timesIn("en").short(until)}`,
  ]);
  expect(recorded.buttons).toEqual(["Restart Server", "Disconnect…"]);
});

it.each<[setting: string, environments: EnvironmentInfo[]]>([
  ["companion.gatewayUrl", [environment()]],
  ["companion.accountId", [ending]],
])("offers to restart the server for %s", (setting, environments) => {
  change(setting, environments);
  expect(recorded.messages).toEqual([restart]);
  expect(recorded.buttons).toEqual(["Restart Server"]);
});

it("says nothing while no server runs", () => {
  change("companion.gatewayUrl", [ending], "stopped");
  expect(recorded.messages).toEqual([]);
});
