/** Everything that a test needs. */
export { type Finding, findObstacles } from "./accessibility.ts";
export { browserStorage } from "./browserStorage.ts";
export { type CodeServer, type CodeServerOptions, vscodeVersion } from "./codeServer.ts";
export type { DialogView } from "./dialog.ts";
export { packageFixture } from "./fixtures.mjs";
export type { CodeServerInstall } from "./launch.ts";
export { type Machine, machine } from "./machine.ts";
export type { NotificationView } from "./notifications.ts";
export type { ProcessInfo } from "./processes.ts";
export type { QuickInputView } from "./quickInput.ts";
export type { QuickPickItemView } from "./quickPickRows.ts";
export type { StatusBarItem, StatusBarItemView } from "./statusBar.ts";
export { type StartVSCode, test } from "./test.ts";
export { type ThemeName, themes } from "./themes.ts";
export { escaped, type TextMatch, until } from "./until.ts";
export type { VSCode } from "./vscode.ts";
export type { Workbench } from "./workbench.ts";
