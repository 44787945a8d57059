/** What must hold for any input: no crash, no hang, one reply to each request, no leak of memory or of the key. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc, { type Arbitrary } from "fast-check";
import { bareEnvironment } from "../blackbox/support/programs.js";
import { type Answer, RawGateway } from "./gateway.js";
import * as inputs from "./inputs.js";
import { key } from "./keySearch.js";
import { SharedTarget, start, Target } from "./target.js";

interface Place {
  readonly gateway: RawGateway;
  readonly gatewayUrl: string;
  readonly home: string;
}
interface Property<T> {
  readonly input: Arbitrary<T>;
  env?(place: Place, given: T | undefined): NodeJS.ProcessEnv;
  /** The gateway's URL for a session that all cases share. Without one, each case has its own process. */
  session?(place: Place): string;
  play(target: Target, given: T, place: Place): Promise<void>;
}
const property = <T>(of: Property<T>) => of;

/** Milliseconds for requests that may have to wait. */
const patience = { messages: 25, gateway: 40, settings: 200 };
const sandbox = () => "sandbox";
const raw = ({ gatewayUrl }: Place) => gatewayUrl;
const account = () => ({ FIREWORKS_API_KEY: key, FIREWORKS_ACCOUNT_ID: "acme" });
const authFile = ({ home }: Place) => join(home, "auth.ini");

const verifiedKey: Answer = {
  ...{ statusLine: "HTTP/1.1 200 OK", headerLines: ["x-fireworks-account-id: acme"], body: "{}" },
  ...({ encoding: "identity", framing: "length", fate: "keep" } as const),
};

const properties = {
  frames: property({
    input: inputs.wholeFrames,
    session: sandbox,
    async play(target, { frames, pieces }) {
      for (const { body, before } of frames) {
        const isRead = before.findLast((line) => /^content-type:/i.test(line)) !== inputs.latin1; // the last one counts
        const id = isRead ? requestId(body) : undefined;
        if (id !== undefined) target.expectReply(id);
      }
      const bytes = frames.map(({ body, before, name }) =>
        Buffer.from([...before, `${name}: ${Buffer.byteLength(body)}`, "", body].join("\r\n")),
      );
      let rest = Buffer.concat(bytes);
      const nulls = target.nullReplies;
      for (let piece = 0; rest.length > 0; piece++) {
        const size = pieces[piece % pieces.length];
        target.write(rest.subarray(0, size));
        rest = rest.subarray(size);
      }
      await target.expectResponsive();
      await target.settle(patience.messages);
      if (target.nullReplies - nulls > frames.length)
        throw new Error("There are more replies than messages.");
    },
  }),
  bytes: property({
    input: inputs.noise,
    async play(target, parts) {
      await target.initialize("sandbox");
      target.mayEnd = true;
      target.isCounting = false;
      for (const part of parts) target.write(part);
      await target.expectEnd(); // half a frame would take any request for its body
    },
  }),
  messages: property({
    input: inputs.conversation,
    session: sandbox,
    async play(target, steps) {
      await target.request("signIn"); // the case before may have signed out
      const nulls = target.nullReplies;
      say(target, steps);
      const batches = steps.filter((step) => "batch" in step).length;
      await target.until("a reply to each batch", () => target.nullReplies - nulls >= batches);
      await target.settle(patience.messages);
      target.notify("$/setTrace", { value: "off" });
    },
  }),
  lives: property({
    input: inputs.life,
    async play(target, steps) {
      target.mayEnd = JSON.stringify(steps).includes('"exit"');
      say(target, steps);
      await target.settle(patience.messages);
      if (!target.mayEnd) await target.expectResponsive();
      await target.expectEnd();
    },
  }),
  gatewayAnswers: property({
    input: inputs.answers,
    session: raw,
    env: account,
    async play(target, answers, { gateway }) {
      gateway.answerWith(answers);
      await askEverything(target);
    },
  }),
  gatewayWaits: property({
    input: inputs.waits,
    env: account,
    async play(target, answers, { gateway, gatewayUrl }) {
      gateway.answerWith(answers);
      await target.initialize(gatewayUrl);
      await askEverything(target);
      await target.expectResponsive();
    },
  }),
  credentials: property({
    input: inputs.authIni,
    session: raw,
    env: (place) => ({ FIREWORKS_AUTH_FILE: authFile(place) }),
    async play(target, { lines, newline, encoding }, place) {
      place.gateway.answerWith([verifiedKey]);
      const mark = encoding === "utf16le" ? "\ufeff" : "";
      writeFileSync(authFile(place), Buffer.from(mark + lines.join(newline), encoding));
      await target.request("signOut"); // so that the file is read again
      for (const method of ["signIn", "getAccount", "getReport"]) target.ask(method, method);
      await target.settle(patience.settings);
    },
  }),
  settings: property({
    input: inputs.settings,
    env: (_, given) => given?.env ?? {},
    async play(target, { tries }) {
      for (const options of tries) {
        const error = (await target.request("initialize", { initializationOptions: options }, start))?.error;
        if (!error) break;
        if (error.code !== -32602) throw new Error(`initialize failed with ${error.code}: ${error.message}`);
      }
      for (const method of ["diagnose", "getReport", "listEnvironments"]) target.ask(method, method);
      await target.settle(patience.settings);
      await target.expectResponsive();
      await target.expectEnd();
    },
  }),
};

export type Name = keyof typeof properties;
export const names = Object.keys(properties) as Name[];

/** Checks a property of a server. Fails with a report that has the shrunk input, its seed, and its path. */
export async function check(
  name: Name,
  command: readonly [string, ...string[]],
  parameters: fc.Parameters<[unknown]>,
): Promise<string> {
  const { input, env, session, play }: Property<unknown> = properties[name];
  const home = mkdtempSync(join(tmpdir(), "companion-fuzz-"));
  const gateway = new RawGateway();
  await using listener = await gateway.listening;
  const place = { gateway, gatewayUrl: listener.url, home };
  const launch = (given?: unknown) =>
    new Target(command, { ...bareEnvironment(home), ...env?.(place, given) });
  const shared = session && new SharedTarget(launch, session(place));
  const began = performance.now();
  const run = async (given: unknown) => {
    if (shared) return shared.play((target) => play(target, given, place));
    await using target = launch(given);
    await play(target, given, place);
  };
  try {
    const result = await fc.check(fc.asyncProperty(input, run), {
      ...parameters,
      includeErrorInReport: true,
    });
    if (result.failed) throw new Error(await fc.asyncDefaultReportMessage(result));
    const rate = result.numRuns / ((performance.now() - began) / 1000);
    return `${result.numRuns} cases, ${rate.toFixed(0)}/s${shared?.memory ?? ""}`;
  } finally {
    await shared?.end();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The id of a message that must have a reply, valid or not. */
function requestId(body: string): string | undefined {
  try {
    const { id, method, result, error } = JSON.parse(Buffer.from(body).toString()); // as it is sent, in valid UTF-8
    const isReply = typeof method !== "string" && (result !== undefined || error !== undefined);
    const isReturned = typeof id === "string" && Buffer.byteLength(JSON.stringify(id)) <= 256; // docs/limits.md
    return isReturned && !isReply ? id : undefined;
  } catch {
    return undefined;
  }
}

let sent = 0;

/** Sends messages with ids, and expects the replies. */
function say(target: Target, steps: readonly inputs.Step[]): void {
  let last: string | number | undefined;
  const withId = ({ message }: inputs.Sent) => ({ jsonrpc: "2.0", id: "b", ...message });
  for (const step of steps) {
    if ("cancel" in step) target.notify("$/cancelRequest", { id: step.cancel });
    else if ("reply" in step) target.send({ jsonrpc: "2.0", id: step.reply, result: step.reply });
    else if ("batch" in step) target.send(step.batch.map(withId));
    else if (!step.isRequest) target.send({ jsonrpc: step.version, ...step.message });
    else {
      if (!step.sameId || last === undefined) last = ++sent % 3 === 0 ? sent : `m${sent}`;
      target.expectReply(last);
      target.send({ jsonrpc: step.version, id: last, ...step.message });
    }
  }
}

/** Sends each request that needs the gateway. */
async function askEverything(target: Target): Promise<void> {
  const environmentId = ["train-a", "train-b", "eval-c"][++sent % 3];
  const connection = { nodePoolId: "h100-8x", numRanks: 8 };
  const requests = {
    ...{
      signIn: {},
      getAccount: {},
      listAccounts: {},
      listEnvironments: {},
      listNodePools: {},
      listRoles: {},
    },
    getNodePoolUsage: { nodePoolId: "h100-8x" },
    diagnose: { environmentId: "train-a" },
    getEnvironment: { environmentId },
    setLease: { environmentId, lease: { durationSeconds: 3600 } },
    getUsage: { groupBy: ["day"] },
    clearUsage: {},
    connect: { environmentId, connection, wait: "accepted", timeoutSeconds: 1 },
    disconnect: { environmentId: "other", wait: "settled", timeoutSeconds: 1 },
  };
  for (const [method, params] of Object.entries(requests)) target.ask(`${sent}-${method}`, method, params);
  target.ask(`${sent}-parts`, "listEnvironments", { partialResultToken: "p" });
  await target.settle(patience.gateway);
}
