// @ts-check
/** What a person or a machine has set. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { RawGateway } from "../gateway.mjs";
import { authIni, options, variables } from "../inputs/settings.mjs";
import { Lane } from "../target/lane.mjs";
import { Target } from "../target/target.mjs";

/** @import { Program } from "../target/target.mjs" */

/** Milliseconds for what a question may have to wait for; then it is cancelled. */
const patience = 200;
const invalidParams = -32602;

/** @param {Program} program @param {RawGateway} gateway */
export function credentials(program, gateway) {
  const folder = join(program.home, "credentials");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "auth.ini");
  const lane = new Lane(program, { FIREWORKS_AUTH_FILE: file }, (target) =>
    target.initialize({ gatewayUrl: gateway.url }),
  );
  return {
    input: authIni,
    lanes: [lane],
    /** @param {{ lines: string[], newline: string, encoding: BufferEncoding }} given */
    play: ({ lines, newline, encoding }) =>
      lane.play(async (target) => {
        gateway.answerWith([verified]);
        const mark = encoding === "utf16le" ? "\ufeff" : "";
        writeFileSync(file, Buffer.from(mark + lines.join(newline), encoding));
        await target.request("signOut"); // so that the file is read anew
        for (const method of ["signIn", "getAccount", "getReport"]) target.ask(method, method);
        await target.settle(patience);
      }),
  };
}

/** @type {import("../inputs/answers.mjs").Answer} */
const verified = {
  statusLine: "HTTP/1.1 200 OK",
  headerLines: ["x-fireworks-account-id: acme"],
  body: "{}",
  encoding: "identity",
  framing: "length",
  fate: "keep",
};

/** Each has its process, as the environment and what `initialize` says hold for its whole life. @param {Program} program */
export function settings(program) {
  const lane = { processes: 0, end: async () => undefined };
  return {
    input: fc.record({ tries: fc.array(options, { minLength: 1, maxLength: 8 }), env: variables }),
    lanes: [lane],
    /** @param {{ tries: Record<string, unknown>[], env: Record<string, string> }} given */
    play: async ({ tries, env }) => {
      lane.processes++;
      const target = new Target(program, env);
      try {
        // What is refused leaves the session closed, and the next may open it.
        for (const given of tries) {
          const { error } = await target.initialize(given);
          if (!error) break;
          if (error.code !== invalidParams)
            throw new Error(`initialize failed with ${error.code}: ${error.message}`);
        }
        for (const method of ["diagnose", "getReport", "listEnvironments"]) target.ask(method, method);
        await target.settle(patience);
        await target.expectWell();
        await target.expectEnd();
      } finally {
        await target.kill();
      }
    },
  };
}
