import { expect } from "vitest";
import { statusOf, trainA, vsix } from "./companion.ts";
import { test } from "./harness/index.ts";

test("uses German like VS Code: commands, pickers, status bar, and settings", async ({ startVSCode }) => {
  const vscode = await startVSCode({ vsix: [vsix], displayLanguage: "de" });
  const { workbench } = vscode;
  const { quickInput, notifications } = workbench;
  const status = statusOf(workbench);

  await status.waitFor({ text: "Companion: Keine Umgebung", ariaLabel: /keine Umgebung/ });
  await workbench.runCommand("Companion: Umgebung auswählen…");
  await quickInput.waitFor({ title: "Umgebung auswählen", placeholder: "Sie sind nicht angemeldet" });
  await vscode.screenshot("asked");
  await quickInput.choose("Sandbox ausprobieren");
  await quickInput.waitFor({ placeholder: "Umgebung auswählen" });
  await quickInput.choose(trainA.name);
  await status.waitFor({ text: `${trainA.name}: Getrennt (Sandbox)`, ariaLabel: /Umgebung .*Getrennt/ });
  expect(await status.tooltip()).toMatch(/Zustand: Getrennt[\s\S]*Sandbox verlassen/);

  await workbench.runCommand("View: Show Companion");
  await workbench.page.locator('.part.sidebar [aria-label^="Meine, 6 Umgebungen"]').waitFor();
  await workbench.page
    .locator('.part.sidebar [aria-label^="Evaluation, Verbunden, h100-8x, 2 GPUs, "]')
    .waitFor();
  await vscode.screenshot("view");

  // The server's messages are in VS Code's language too.
  await workbench.runCommand("Companion: Diagnostizieren");
  await quickInput.waitFor({ title: /^Diagnose: / }, 60_000);
  const details = (await quickInput.items()).map(({ detail }) => detail);
  expect(details).toContain("Die Sandbox wird in diesem Prozess ausgeführt.");
  expect(details).toContain("Mit dem Schlüssel ist Zugriff auf das Konto acme-research möglich.");
  await vscode.screenshot("diagnosis");
  await quickInput.cancel();

  await workbench.runCommand("Companion: Anmelden…");
  const dialog = await workbench.dialog.read();
  expect(dialog.buttons).toContain("Sandbox verlassen");
  await workbench.dialog.click("Sandbox verlassen");
  await quickInput.waitFor({ title: "Bei Fireworks anmelden" });
  await quickInput.type("zwei Wörter");
  await quickInput.accept();
  await quickInput.waitFor({
    message: "Ein API-Schlüssel darf weder Leerzeichen noch Nicht-ASCII-Zeichen enthalten.",
  });
  await vscode.screenshot("sign in");
  await quickInput.cancel();
  expect(await notifications.read()).toEqual([]);

  await workbench.runCommand("Preferences: Open Settings (UI)");
  await workbench.page.keyboard.type("companion.accountId");
  await workbench.page.getByText(/^Die ID des zu verwendenden Kontos/).waitFor();
  await vscode.screenshot("settings");
});
