import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sessionHarness } from "../../../test/session.js";
import { account, environment } from "../../../test/views.js";
import { EventEmitter, recorded, TreeView } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import type { RequestOptions } from "../../server/client.js";
import { EnvironmentViews } from "../../state/environmentViews.js";
import { Signal } from "../../util/signal.js";
import { EnvironmentsTree } from "./environmentsTree.js";
import { listFreshFor } from "./listLoader.js";
import type { TreeNode, ViewHandle } from "./treeNode.js";

const described = (environmentId: string, more: Partial<EnvironmentInfo> = {}) =>
  environment({
    environmentId,
    createdBy: account.email ?? "",
    observedAt: new Date().toISOString(),
    ...more,
  });

beforeEach(() => {
  vi.useFakeTimers();
  recorded.windowState.focused = true;
});
afterEach(() => void vi.useRealTimers());

/** A tree whose view is hidden until the test shows it. */
async function start(listed: () => readonly EnvironmentInfo[]) {
  const harness = sessionHarness({
    getAccount: () => account,
    listEnvironments: (_, options) => {
      (options as RequestOptions<"listEnvironments">).onPart?.({ environments: [...listed()] });
      return { environments: [] };
    },
  });
  const environments = new EnvironmentViews(harness.store);
  const view = new TreeView("companion.environments", undefined);
  const redraw = new EventEmitter<TreeNode[] | undefined>();
  const drawn: (readonly TreeNode[] | undefined)[] = [];
  redraw.event((nodes) => drawn.push(nodes));
  const seen = { proven: Promise.resolve(true) };
  const app = {
    ...harness,
    environments,
    refreshViews: new Signal<void>(),
    memory: { recentEnvironments: () => [] },
    log: { warn: () => undefined },
    presence: { proven: () => seen.proven },
    reporter: { mask: (text: string) => text },
  } as unknown as App;
  const handle = { id: "companion.environments", view, redraw } as unknown as ViewHandle;
  const tree = new EnvironmentsTree(app, handle, () => undefined);
  await vi.advanceTimersByTimeAsync(0);
  const asked = (method: string) => harness.said(method).length;
  const show = async (visible: boolean) => {
    view.show(visible);
    await vi.advanceTimersByTimeAsync(600);
  };
  const report = (info: EnvironmentInfo) =>
    harness.hooks()?.environmentChanged({
      accountId: info.accountId,
      environmentId: info.environmentId,
      environment: info,
    });
  const watched = () =>
    (harness.said("watchEnvironments").at(-1) as { environments: unknown[] }).environments;
  const rows = () =>
    tree.roots().map((group) => [group.name, ...group.children().map(({ environmentId }) => environmentId)]);
  return { app, seen, tree, view, drawn, asked, show, report, watched, rows, harness };
}

describe("the view of environments", () => {
  it("asks nothing until it's visible, then lists once", async () => {
    const { asked, show, rows, view, harness } = await start(() => [
      described("run-10"),
      described("run-2"),
      described("tools", { createdBy: "grace@example.com", shared: true }),
    ]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(harness.asked).toEqual([]);
    await show(true);
    expect(asked("listEnvironments")).toBe(1);
    expect(rows()).toEqual([
      ["mine", "run-2", "run-10"],
      ["shared", "tools"],
    ]);
    expect(view.badge?.value).toBe(2);
  });

  it("lists again every 30 s, less often without the focus, and never while it's hidden", async () => {
    const { asked, show, harness } = await start(() => [described("a"), described("b")]);
    await show(true);
    await vi.advanceTimersByTimeAsync(listFreshFor);
    expect(asked("listEnvironments")).toBe(2);
    recorded.windowState.focused = false;
    await vi.advanceTimersByTimeAsync(listFreshFor);
    expect(asked("listEnvironments")).toBe(3);
    await vi.advanceTimersByTimeAsync(listFreshFor);
    expect(asked("listEnvironments")).toBe(3);
    recorded.windowState.focused = true;
    recorded.windowStateChanged.fire(recorded.windowState);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked("listEnvironments")).toBe(4);
    await show(false);
    const before = harness.asked.length;
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(harness.asked).toHaveLength(before);
    await show(true);
    expect(asked("listEnvironments")).toBe(5);
  });

  it("lists nothing in a window that nobody can see", async () => {
    const { asked, show, seen } = await start(() => [described("a")]);
    seen.proven = new Promise(() => undefined);
    await show(true);
    expect(asked("listEnvironments")).toBe(0);
  });

  it("lets the server watch the user's own environments while they're changing", async () => {
    const { show, watched, report } = await start(() => [
      described("a", { state: "CONNECTING" }),
      described("b"),
      described("c", { state: "CONNECTING", createdBy: "grace@example.com" }),
    ]);
    await show(true);
    expect(watched()).toEqual([{ accountId: "acme", environmentId: "a" }]);
    report(described("a"));
    await vi.advanceTimersByTimeAsync(600);
    expect(watched()).toEqual([]);
    report(described("a", { state: "DISCONNECTING" }));
    await vi.advanceTimersByTimeAsync(600);
    expect(watched()).toHaveLength(1);
    await show(false);
    expect(watched()).toEqual([]);
  });

  it("redraws only rows that look different", async () => {
    const { show, report, drawn } = await start(() => [described("a"), described("b")]);
    await show(true);
    drawn.length = 0;
    report(described("a"));
    report(described("b", { state: "DISCONNECTING" }));
    await vi.advanceTimersByTimeAsync(600);
    expect(drawn).toMatchObject([[{ environmentId: "b" }]]);
  });

  it("redraws the group whose order changes, and everything if there's another group", async () => {
    const { show, report, drawn } = await start(() => [described("a"), described("b")]);
    await show(true);
    drawn.length = 0;
    report(described("a", { displayName: "Z" }));
    await vi.advanceTimersByTimeAsync(600);
    expect(drawn).toMatchObject([[{ name: "mine" }]]);
    report(described("b", { createdBy: "grace@example.com" }));
    await vi.advanceTimersByTimeAsync(600);
    expect(drawn).toHaveLength(2);
    expect(drawn[1]).toBeUndefined();
  });

  it("redraws at most twice a second when 1,000 environments change every 2 s", async () => {
    const ids = Array.from({ length: 1_000 }, (_, i) => `run-${i}`);
    const { show, report, drawn } = await start(() => ids.map((id) => described(id)));
    await show(true);
    drawn.length = 0;
    for (let second = 0; second < 10; second++) {
      for (let step = 0; step < 10; step++) {
        const state = second % 4 < 2 ? "DISCONNECTING" : "CONNECTED";
        for (let i = 0; i < 50; i++)
          report(described(`run-${((second % 2) * 10 + step) * 50 + i}`, { state }));
        await vi.advanceTimersByTimeAsync(100);
      }
    }
    expect(drawn.length).toBeLessThanOrEqual(20);
    expect(drawn.every((nodes) => nodes && nodes.length <= 20)).toBe(true);
  });

  it("marks rows as outdated without a report", async () => {
    const { show, tree, drawn, seen } = await start(() => [described("a")]);
    await show(true);
    drawn.length = 0;
    seen.proven = new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(125_000);
    expect(drawn.length).toBeGreaterThan(0);
    expect(tree.roots()[0]?.children()[0]?.item().description).toMatch(/^Connected\? \(/);
  });

  it("marks all rows when the server is lost, and keeps them in their groups", async () => {
    const { show, tree, harness } = await start(() => [described("a"), described("b")]);
    await show(true);
    harness.store.dispatch({ type: "server", state: "restarting" });
    await vi.advanceTimersByTimeAsync(600);
    const descriptions = tree.rowsIn("mine").map((row) => row.item().description);
    expect(descriptions).toHaveLength(2);
    for (const description of descriptions) expect(description).toMatch(/^Connected\? \(/);
  });

  it("shows why it can't list, and tries again later", async () => {
    let fails = true;
    const { show, view, asked, rows } = await start(() => {
      if (fails) throw Object.assign(new Error("no"), { code: 14 });
      return [described("a")];
    });
    await show(true);
    expect(view.message).not.toBe("");
    fails = false;
    await vi.advanceTimersByTimeAsync(listFreshFor + 600);
    expect(asked("listEnvironments")).toBe(2);
    expect(view.message).toBe("");
    expect(rows()).toEqual([["mine", "a"]]);
  });

  it("asks nothing while signed out, and shows nothing after signing out", async () => {
    const { show, rows, asked, harness } = await start(() => [described("a")]);
    await show(true);
    harness.store.dispatch({ type: "account", account: null });
    await show(false);
    await vi.advanceTimersByTimeAsync(listFreshFor + 1);
    await show(true);
    expect(asked("listEnvironments")).toBe(1);
    expect(rows()).toEqual([]);
    expect(recorded.messages).toEqual([]);
  });

  it("lists again for another account, and when asked to", async () => {
    const { app, show, asked, harness } = await start(() => [described("a")]);
    await show(true);
    harness.store.dispatch({ type: "account", account: { ...account, accountId: "globex" } });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked("listEnvironments")).toBe(2);
    app.refreshViews.fire();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked("listEnvironments")).toBe(3);
    await show(false);
    app.refreshViews.fire();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked("listEnvironments")).toBe(3);
  });
});
