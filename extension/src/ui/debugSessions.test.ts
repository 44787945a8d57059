import { expect, it } from "vitest";
import { debug, recorded } from "../../test/vscode.js";
import { DebugSessions } from "./debugSessions.js";

it("lists the debug sessions that the user started, once each, while they run", () => {
  const early = { name: "Python: early.py" };
  const train = { name: "Python: train.py" };
  const worker = { name: "worker", parentSession: train };
  debug.activeDebugSession = early; // started before
  const sessions = new DebugSessions();
  for (const session of [train, worker]) recorded.debugStarted.fire(session);
  expect(sessions.names).toEqual([train.name, early.name]);
  debug.activeDebugSession = train;
  expect(sessions.names).toEqual([train.name]);
  debug.activeDebugSession = undefined;
  recorded.debugEnded.fire(train);
  recorded.debugEnded.fire(worker);
  expect(sessions.names).toEqual([]);
  sessions.dispose();
  recorded.debugStarted.fire(train);
  expect(sessions.names).toEqual([]);
});
