import { createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { runLimited } from "./limited.mjs";

const node = (code: string, signal: AbortSignal, onOutput?: (text: string) => void) =>
  runLimited(process.execPath, ["-e", code], { signal, ...(onOutput ? { onOutput } : {}) });

it("tells how a program ended, and what it printed", async () => {
  const { signal } = new AbortController();
  const seen: string[] = [];
  const ended = await node("console.log('done'); process.exit(3)", signal, (text) => seen.push(text));
  expect(ended).toEqual({ status: 3, stdout: "done\n", stopped: false });
  expect(seen.join("")).toBe("done\n");
});

it("counts a program that a signal ended as failed", async () => {
  const { signal } = new AbortController();
  expect(await node("process.kill(process.pid, 'SIGKILL')", signal)).toMatchObject({
    status: 1,
    stopped: false,
  });
});

it("counts a program that is not there as failed", async () => {
  const ended = await runLimited("no-such-program", [], { signal: new AbortController().signal });
  expect(ended).toEqual({ status: 1, stdout: "", stopped: false });
});

it("stops a program that never ends, and what it started", async () => {
  const limit = new AbortController();
  // The grandchild holds a connection to this test: it closes when that process is gone.
  const server = createServer();
  const connected = new Promise<Socket>((resolve) => server.once("connection", resolve));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const grandchild = `require("net").connect(${port}, "127.0.0.1").on("connect", () => { for (;;); })`;
  const child = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}]); for (;;);`;
  try {
    const running = node(child, limit.signal);
    const socket = await connected;
    const gone = new Promise<void>((resolve) => socket.on("error", () => undefined).once("close", resolve));
    socket.resume();
    limit.abort();
    expect(await running).toMatchObject({ stopped: true });
    await gone;
  } finally {
    server.close();
  }
});
