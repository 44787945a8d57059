import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findForms, formsOf } from "../fuzz/keySearch.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { writtenIn, writtenOfProcess } from "./support/written.js";

it.skipIf(process.platform !== "linux")("leaves no core dump that would hold the key", async () => {
  await using server = await Server.open({ gatewayUrl: "sandbox" });
  const limits = await readFile(`/proc/${server.process.pid}/limits`, "utf8");
  expect(limits).toMatch(/^Max core file size +1 +1 /m); // tells the kernel not to dump, not even through a pipe
});

it("loads no code named by environment variables", async () => {
  await using server = await Server.open(
    { gatewayUrl: "sandbox" },
    { DOTNET_STARTUP_HOOKS: join(tmpdir(), "no-such-hook.dll") }, // .NET doesn't start if it can't find one
  );
  expect(await server.request("getAccount", {})).toMatchObject({ keySource: "sandbox" });
});

it("writes nothing for a debugger, whose output other processes can read on Windows", async () => {
  // Where there is no such output, .NET writes it to stderr if asked to.
  await using server = await Server.open({ gatewayUrl: "sandbox" }, { DOTNET_DebugWriteToStdErr: "1" });
  await server.failure("getEnvironment", { environmentId: "no-such-environment" });
  expect(server.stderr).toEqual([]);
});

/** The forms of a key that appear in a text. */
const found = (text: string, key: string) => findForms(text, formsOf(key));

it("the whole flow, with every failure and full tracing, never outputs the key", async () => {
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
    for (const fault of echo) {
      await gateway.script({ route: "ListEnvironments", fault });
      tell(await server.failure("listEnvironments", {}));
    }
    const askedAgain = [
      { status: 200, body: `<html>${key}` },
      { status: 302, headers: { Location: `http://x/${key}` }, body: "" },
    ];
    for (const fault of askedAgain) await gateway.script({ route: "ListEnvironments", fault });
    tell(await server.request("listEnvironments", {}));
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
    for (const { where, text } of [
      ...(await writtenOfProcess(server.process.pid)),
      ...(await writtenIn(storagePath)),
    ])
      written.push(where, text);

    // An unknown member is named, because it came from the caller and is returned only to it.
    const all = written.join("\n");
    expect(all.length).toBeGreaterThan(10_000);
    expect(found(all, key)).toEqual([]);
    expect(found(all, wrong)).toEqual([]);
  } finally {
    await rm(storagePath, { recursive: true, force: true });
  }
});
