import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

/** Every form in which a key might be found again. */
function formsOf(key: string): string[] {
  const base64 = Buffer.from(key).toString("base64").replace(/=+$/, "");
  const shifted = [1, 2].map((by) =>
    Buffer.concat([Buffer.alloc(by, 32), Buffer.from(key)])
      .toString("base64")
      .slice(4, -4),
  );
  const escaped = [...key].map((c) => `%${c.charCodeAt(0).toString(16)}`).join("");
  return [key, base64, ...shifted, encodeURIComponent(key), escaped, Buffer.from(key).toString("hex")];
}

/** The forms that stand somewhere in a text, also where a line ends in the middle of one. */
function found(text: string, key: string): string[] {
  const joined = text.replaceAll(/(\\[rn]|[\s"'\\])+/g, "");
  return formsOf(key).filter((form) => text.includes(form) || joined.includes(form));
}

it("the search finds a key in each form", () => {
  const key = sandboxKeys.main;
  for (const form of formsOf(key)) {
    expect(found(`a${form}b`, key)).not.toEqual([]);
    expect(found(`a${form.slice(0, 9)}\n  ${form.slice(9)}b`, key)).not.toEqual([]);
  }
  expect(found("fw_sandbox_second_0000000000000002", key)).toEqual([]);
});

it("the whole flow, failing in each way and traced in full, writes the key nowhere", {
  timeout: 120_000,
}, async () => {
  const key = sandboxKeys.main;
  const wrong = "fw_test_wrong_key_0123456789";
  const storagePath = await mkdtemp(join(tmpdir(), "companion-secrets-"));
  try {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url, storagePath });
    const written: string[] = [];
    server.process.stdout.on("data", (data) => written.push(String(data)));
    await server.connection.sendNotification("$/setTrace", { value: "verbose" });
    const tell = (what: unknown) => written.push(JSON.stringify(what));

    tell(await server.failure("signIn", { apiKey: wrong }));
    tell(await server.failure("signIn", { apiKey: wrong, [key]: key }));
    tell(await server.failure("signIn", { apiKey: { key } }));
    tell(await server.failure(key, {}));
    tell(await server.failure("getEnvironment", { environmentId: key }));
    tell(await server.request("signIn", { apiKey: key }));
    const echo = [401, 403, 404, 412, 418].map((status) => ({
      status,
      body: JSON.stringify({ code: 16, message: `Bearer ${key}`, details: [{ key }] }),
      headers: { "x-request-id": key, "x-trace": key },
    }));
    for (const fault of [
      ...echo,
      { status: 200, body: `<html>${key}` },
      { status: 302, headers: { Location: `http://x/${key}` }, body: "" },
    ]) {
      await gateway.script({ route: "ListEnvironments", fault });
      tell(await server.failure("listEnvironments", {}));
    }
    const connect = { environmentId: "train-a", connection: { nodePoolId: "h100-8x" } };
    for (const preset of ["ResetAfterEffect", "Http504AfterEffect", "Html502"] as const) {
      await gateway.script({ route: "GetEnvironment", preset });
    }
    tell(await server.request("connect", connect));
    tell(await server.request("diagnose", { environmentId: "train-a" }));
    tell(await server.request("disconnect", { environmentId: "train-a" }));
    tell(await server.request("getReport", {}));
    tell(await server.request("signOut", {}));
    tell(await server.request("getReport", {}));
    tell([...server.log, ...server.progress, ...server.changes, ...server.stderr]);
    if (process.platform === "linux") {
      for (const file of ["cmdline", "environ"])
        tell(await readFile(`/proc/${server.process.pid}/${file}`, "latin1"));
    }
    for (const name of await readdir(storagePath, { recursive: true }))
      tell([name, await readFile(join(storagePath, name), "latin1").catch(() => "")]);

    // A member that nobody knows is named: it was the caller's own, and goes back to it alone.
    const all = written.join("\n");
    expect(all.length).toBeGreaterThan(10_000);
    expect(found(all, key)).toEqual([]);
    expect(found(all, wrong)).toEqual([]);
  } finally {
    await rm(storagePath, { recursive: true, force: true });
  }
});
