import { describe, expect, it } from "vitest";
import { account, confirmed, environment } from "../../../test/views.js";
import { environmentStates } from "../../protocol.g.js";
import { nothingKnown, type View } from "../../state/view.js";
import { statusBarContent } from "./content.js";

const content = (view: View) => statusBarContent(view, (time) => `at ${time}`);
const inState = (state: string) => content(confirmed(environment({ state })));
const failure = { code: "INTERNAL", message: "The snapshot failed." };

const texts: Record<string, string> = {
  STATE_UNSPECIFIED: "$(question) trainer: State Unknown",
  CREATING: "$(loading~spin) trainer: Creating…",
  DISCONNECTED: "$(vm-outline) trainer: Disconnected",
  CONNECTING: "$(loading~spin) trainer: Connecting…",
  CONNECTED: "$(vm-active) trainer: Connected",
  DISCONNECTING: "$(loading~spin) trainer: Disconnecting…",
  RECONNECTING: "$(loading~spin) trainer: Reconnecting…",
  DELETING: "$(loading~spin) trainer: Deleting…",
};

describe("a confirmed state", () => {
  it("has its text and label, each one of those that the contract knows", () => {
    expect(Object.fromEntries(environmentStates.map((state) => [state, inState(state).text]))).toEqual(texts);
    for (const state of environmentStates) {
      const { text, label, colour } = inState(state);
      expect(label).toBe(`Companion: environment ${text.replace(/^\$\(.*?\) /, "")}`);
      expect(colour).toBeUndefined();
    }
  });

  it("that this version does not know keeps the gateway's name", () => {
    expect(inState("HIBERNATING")).toEqual({
      text: "$(question) trainer: HIBERNATING",
      label: "Companion: environment trainer: HIBERNATING",
      colour: undefined,
    });
  });

  it("has the environment's name for people, and lets it draw nothing", () => {
    expect(content(confirmed(environment({ displayName: "Night $(error) run" }))).text).toBe(
      "$(vm-active) Night $ (error) run: Connected",
    );
  });

  it("asks to act where a disconnect failed and the machine is still paid for", () => {
    expect(content(confirmed(environment({ status: failure })))).toMatchObject({
      text: "$(warning) trainer: Connected",
      colour: "warning",
    });
  });

  it("shows a failed connect without alarm", () => {
    expect(content(confirmed(environment({ state: "DISCONNECTED", status: failure })))).toMatchObject({
      text: "$(warning) trainer: Disconnected",
      colour: undefined,
    });
  });

  it("takes OK for no failure", () => {
    expect(content(confirmed(environment({ status: { code: "OK" } }))).colour).toBeUndefined();
  });
});

describe("what is not confirmed", () => {
  it.each(environmentStates)("is shown as old: %s", (state) => {
    const { text, label } = content(confirmed(environment({ state }), { confirmed: false }));
    expect(text).toMatch(/^\$\(history\) trainer: [A-Za-z ]+\?$/);
    expect(label).toMatch(
      /^Companion: environment trainer: last known as .*, at 2026-11-22T05:00:00Z, not confirmed since$/,
    );
  });

  it("claims nothing about an environment that was never described", () => {
    const view = confirmed(environment(), { environment: undefined, confirmed: false });
    expect(content(view).text).toBe("$(question) trainer: State Unknown");
  });

  it("says that an environment is gone", () => {
    const problem = { code: 5, status: "NOT_FOUND", message: "There is none." };
    const view = confirmed(environment(), { environment: undefined, confirmed: false, problem });
    expect(content(view)).toMatchObject({
      text: "$(question) trainer: Not Found",
      label: "Companion: environment trainer: not found",
    });
  });
});

describe("all else", () => {
  it.each<[string, View, string, string]>([
    [
      "nothing chosen",
      nothingKnown,
      "$(vm) Companion: No Environment",
      "Companion: no environment is selected",
    ],
    [
      "signed out",
      confirmed(environment(), { account: null, confirmed: false }),
      "$(account) Companion: Signed Out",
      "Companion: signed out",
    ],
    [
      "restarting",
      confirmed(environment(), { server: "restarting", confirmed: false }),
      "$(sync~spin) Companion: Server Restarting…",
      "Companion: the server is restarting",
    ],
    [
      "failed",
      confirmed(environment(), { server: "failed", confirmed: false }),
      "$(error) Companion: Server Stopped",
      "Companion: the server has stopped and is to be restarted",
    ],
  ])("%s", (_, view, text, label) => expect(content(view)).toMatchObject({ text, label }));

  it("is coloured only where a person has to act", () => {
    expect(content(confirmed(environment(), { server: "failed" })).colour).toBe("error");
    expect(content(confirmed(environment(), { account: null })).colour).toBeUndefined();
  });

  it("does not change while a server starts", () => {
    const old = confirmed(environment(), { server: "stopped", account: undefined, confirmed: false });
    expect(content({ ...old, server: "starting" })).toEqual(content(old));
  });

  it("says that it is the sandbox", () => {
    expect(content(confirmed(environment(), { sandbox: true }))).toMatchObject({
      text: "$(vm-active) trainer: Connected (Sandbox)",
      label: "Companion: environment trainer: Connected, in the sandbox",
    });
    expect(content({ ...nothingKnown, sandbox: true, account }).text).toBe(
      "$(vm) Companion: No Environment (Sandbox)",
    );
  });
});
