// @ts-check
/** What has to hold, whatever comes in. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { answer, authIni, bytes, message, options } from "./inputs.mjs";
import { key, withTarget } from "./target.mjs";

/** Milliseconds after which a request is cancelled: the answer has to come then. */
const patience = 300;

/** @import { Target } from "./target.mjs" */

/** @param {Target} target @param {string} id */
async function answered(target, id) {
  await Promise.race([target.reply(id, 60_000).catch(() => undefined), delay(patience)]);
  target.send({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } });
  return target.reply(id);
}

const questions = /** @type {const} */ ([
  ["getAccount", {}],
  ["listEnvironments", {}],
  ["getEnvironment", { environmentId: "train-a" }],
  ["listNodePools", {}],
]);

/** By name, so that one may be played alone. @type {Record<string, fc.IAsyncProperty<any>>} */
export const properties = {
  frames: fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 12 }), async (parts) => {
    await withTarget({}, async (target) => {
      await target.initialize({ gatewayUrl: "sandbox" });
      for (const part of parts) target.write(part);
      // What is half a frame takes the rest for its body: the end of the stream settles it.
      target.process.stdin.end();
      await Promise.race([
        target.ended,
        delay(2_000).then(() => Promise.reject(new Error("It outlived its stdin."))),
      ]);
      await target.expectWell();
    });
  }),

  messages: fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 30 }), async (messages) => {
    await withTarget({}, async (target) => {
      await target.initialize({ gatewayUrl: "sandbox" });
      const ids = messages.map(({ isRequest, ...rest }, index) => {
        const id = `m${index}`;
        target.send(isRequest ? { ...rest, id } : rest);
        return isRequest ? id : undefined;
      });
      await Promise.all(ids.filter((id) => id !== undefined).map((id) => answered(target, id)));
      await target.expectWell();
    });
  }),

  answers: fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
    let asked = 0;
    const gateway = createServer((_, response) => {
      const { status, type, retryAfter, body } = answers[asked++ % answers.length] ?? {};
      response.statusCode = status ?? 200;
      if (type) response.setHeader("Content-Type", type);
      if (retryAfter !== null && retryAfter !== undefined) response.setHeader("Retry-After", retryAfter);
      response.end(body);
    }).listen(0, "127.0.0.1");
    await once(gateway, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (gateway.address());
    try {
      await withTarget({ FIREWORKS_API_KEY: key, FIREWORKS_ACCOUNT_ID: "acme" }, async (target) => {
        await target.initialize({ gatewayUrl: `http://127.0.0.1:${port}` });
        for (const [method, params] of questions) target.send({ jsonrpc: "2.0", id: method, method, params });
        await Promise.all(questions.map(([method]) => answered(target, method)));
        await target.expectWell();
      });
    } finally {
      gateway.closeAllConnections();
      gateway.close();
    }
  }),

  authIni: fc.asyncProperty(authIni, async (content) => {
    const folder = mkdtempSync(join(tmpdir(), "companion-fuzz-"));
    try {
      writeFileSync(join(folder, "auth.ini"), content);
      await withTarget({ FIREWORKS_AUTH_FILE: join(folder, "auth.ini") }, async (target) => {
        await target.initialize({ gatewayUrl: "http://127.0.0.1:9" });
        target.send({ jsonrpc: "2.0", id: "a", method: "getAccount", params: {} });
        target.send({ jsonrpc: "2.0", id: "r", method: "getReport", params: {} });
        await answered(target, "a");
        await answered(target, "r");
        await target.expectWell();
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }),

  settings: fc.asyncProperty(options, async (given) => {
    await withTarget({}, async (target) => {
      const { error } = await target.initialize(given);
      if (error && error.code !== -32602)
        throw new Error(`initialize failed with ${error.code}: ${error.message}`);
      if (!error) {
        for (const method of ["diagnose", "getReport", "listEnvironments"])
          target.send({ jsonrpc: "2.0", id: method, method, params: {} });
        for (const method of ["diagnose", "getReport", "listEnvironments"]) await answered(target, method);
      }
      await target.expectWell();
    });
  }),
};
