import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { serverPath } from "./support/programs.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

/**
 * What the answer to `initialize` needs. An assembly that is not here costs every command of every person its loading: HTTP, TLS,
 * sockets, processes, the console and resilience come with the first method that needs them. docs/benchmarks/startup.md
 */
const needed = [
  "Companion.Gateway.dll", // the gateway's URL
  "Companion.JsonRpc.dll",
  "Companion.Protocol.dll",
  "Microsoft.Extensions.Logging.Abstractions.dll",
  "Microsoft.VisualStudio.Threading.dll",
  "Microsoft.VisualStudio.Validation.dll",
  "Nerdbank.Streams.dll",
  "Newtonsoft.Json.dll", // attributes on the library's types
  "PolyType.dll", // the same
  "StreamJsonRpc.dll",
  "System.Collections.Concurrent.dll", // the serializer's caches
  "System.Collections.Immutable.dll",
  "System.Collections.Specialized.dll", // the library's trace source, like the next two
  "System.Collections.dll",
  "System.Diagnostics.TraceSource.dll",
  "System.Diagnostics.Tracing.dll",
  "System.IO.Pipelines.dll",
  "System.Linq.dll", // the serializer's metadata
  "System.Memory.dll",
  "System.Private.CoreLib.dll",
  "System.Private.Uri.dll",
  "System.Runtime.dll",
  "System.Text.Encodings.Web.dll",
  "System.Text.Json.dll",
  "companion-server.dll",
];

/** Without code: they only forward types. */
const facades = [
  "System.Numerics.Vectors.dll",
  "System.Runtime.InteropServices.dll",
  "System.Text.Encoding.Extensions.dll",
  "System.Threading.Thread.dll",
  "System.Threading.dll",
];

const isOneFile = /-(ready|native)\b/.test(serverPath);

describe.skipIf(process.platform !== "linux")("starting", () => {
  if (!isOneFile)
    it("loads only the assemblies that the first response needs", async () => {
      await using server = await Server.open({ gatewayUrl: "https://gateway.example" });
      const maps = await readFile(`/proc/${server.process.pid}/maps`, "utf8");
      const loaded = new Set([...maps.matchAll(/\S+\.dll$/gm)].map(([path]) => basename(path)));
      expect([...loaded].filter((name) => !facades.includes(name)).sort()).toEqual(needed);
    });

  it("opens the connection to the gateway after initialize, if there is a key", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open(
      { gatewayUrl: gateway.url },
      { FIREWORKS_API_KEY: sandboxKeys.main },
    );
    await server.connection.sendNotification("initialized", {});
    await expect.poll(async () => (await gateway.received()).length).toBe(1);
  });

  it("sends nothing to the gateway without a key", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    await server.connection.sendNotification("initialized", {});
    await server.request("getAccount", {});
    // Its own request would come after any that startup sends.
    await server.request("signIn", { apiKey: sandboxKeys.main });
    expect((await gateway.received()).map(({ path }) => path)).toEqual([
      "/verifyApiKey",
      "/v1/accounts/acme-research",
    ]);
  });
});
