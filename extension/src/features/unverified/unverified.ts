import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { readSettings } from "../../settings.js";
import { isPublic } from "./publicHost.js";

/** Right of the environment's item. */
const priority = 89;

/** Shows in the status bar that certificates aren't verified, and in one notification if the gateway is public. */
export function followUnverified({ server, reporter }: App): vscode.Disposable {
  let item: vscode.StatusBarItem | undefined;
  let warned = false;
  const listening = server.onState.listen((state) => {
    const { gateway } = server;
    const unverified =
      state === "running" &&
      readSettings().strictSSL === false &&
      gateway !== undefined &&
      !gateway.sandbox &&
      gateway.url.startsWith("https:");
    if (!unverified) return item?.hide();
    item ??= createItem();
    item.show();
    if (warned || !isPublic(gateway.url)) return;
    warned = true;
    const message = l10n.t(
      "Certificates aren't verified because http.proxyStrictSSL is off. Anyone on the network path to {0} can read your API key.",
      gateway.url,
    );
    reporter.notify("Warning", message, ["diagnose"]);
  });
  return vscode.Disposable.from(listening, new vscode.Disposable(() => item?.dispose()));
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem("unverified", vscode.StatusBarAlignment.Left, priority);
  item.name = l10n.t("Companion: Certificates");
  item.text = `$(shield) ${l10n.t("Certificates Not Verified")}`;
  item.tooltip = l10n.t(
    "http.proxyStrictSSL is off. Anyone on the network path to the gateway can read your API key.",
  );
  item.accessibilityInformation = { label: l10n.t("Companion: certificates aren't verified") };
  item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
  item.command = {
    command: "workbench.action.openSettings",
    title: l10n.t("Open Settings"),
    arguments: ["http.proxyStrictSSL"],
  };
  return item;
}
