// @ts-check
/** What comes through the pipe: bytes, frames, messages. */
import { latin1, noise, wholeFrames } from "../inputs/bytes.mjs";
import { conversation, life } from "../inputs/messages.mjs";
import { frame } from "../target/frames.mjs";
import { Lane, Spares } from "../target/lane.mjs";

/** @import { Step, Sent } from "../inputs/messages.mjs" */
/** @import { Target, Program } from "../target/target.mjs" */

/** Milliseconds for what a request may have to wait for; then it is cancelled. */
const patience = 25;
const sandbox = { gatewayUrl: "sandbox" };

/** @param {Program} program */
export function frames(program) {
  const lane = new Lane(program, {}, (target) => target.initialize(sandbox));
  return {
    input: wholeFrames,
    lanes: [lane],
    /** @param {typeof wholeFrames extends import("fast-check").Arbitrary<infer T> ? T : never} given */
    play: ({ frames, pieces }) =>
      lane.play(async (target) => {
        const bytes = Buffer.concat(
          frames.map(({ body, before, name }) =>
            Buffer.from([...before, `${name}: ${Buffer.byteLength(body)}`, "", body].join("\r\n")),
          ),
        );
        const parsed = frames.map(({ body, before }) => (isUnread(before) ? undefined : parse(body)));
        for (const value of parsed) if (isRequest(value)) target.expectReply(value.id);
        const nulls = target.nullReplies;
        for (let at = 0, piece = 0; at < bytes.length; piece++) {
          const size = Number(pieces[piece % pieces.length]);
          target.write(bytes.subarray(at, at + size));
          at += size;
        }
        await target.expectWell(); // all of it is read then
        await target.settle(patience);
        if (target.nullReplies - nulls > frames.length)
          throw new Error("More replies than there were messages.");
      }),
  };
}

/** Of several, the last one counts. @param {string[]} headers */
const isUnread = (headers) => headers.findLast((line) => /^content-type:/i.test(line)) === latin1;

/** @param {string} body @returns {any} undefined for what is no JSON */
function parse(body) {
  try {
    return JSON.parse(Buffer.from(body).toString()); // as it is sent: half a surrogate pair is a replacement character
  } catch {
    return undefined;
  }
}

/** What has an id and is no reply is answered, be it a request or none that can be understood. @param {any} value */
function isRequest(value) {
  if (typeof value?.id !== "string") return false;
  return typeof value.method === "string" || (value.result === undefined && value.error === undefined);
}

/** @param {Program} program */
export function bytes(program) {
  const spares = new Spares(program, {});
  return {
    input: noise,
    lanes: [spares],
    /** @param {string[]} parts */
    play: (parts) =>
      spares.play(async (target) => {
        await target.initialize(sandbox);
        target.allowEnd();
        target.stopCounting();
        for (const part of parts) target.write(part);
        // What is half a frame takes the rest for its body: the end of the stream settles it.
        await target.expectEnd();
      }),
  };
}

/** @param {Program} program */
export function messages(program) {
  const lane = new Lane(program, {}, (target) => target.initialize(sandbox));
  return {
    input: conversation,
    lanes: [lane],
    /** @param {Step[]} steps */
    play: (steps) =>
      lane.play(async (target) => {
        await target.request("signIn", {}); // whatever the one before has done
        const nulls = target.nullReplies;
        new Speaker(target).say(steps);
        const batches = steps.filter(({ kind }) => kind === "batch").length;
        await target.until("an answer to each batch", () => target.nullReplies - nulls >= batches);
        await target.settle(patience);
        target.notify("$/setTrace", { value: "off" });
      }),
  };
}

/** @param {Program} program */
export function lives(program) {
  const spares = new Spares(program, {});
  return {
    input: life,
    lanes: [spares],
    /** @param {Step[]} steps */
    play: (steps) =>
      spares.play(async (target) => {
        const isEnded = steps.some((step) => JSON.stringify(step).includes('"exit"'));
        if (isEnded) target.allowEnd();
        new Speaker(target).say(steps);
        await target.settle(patience);
        if (!isEnded) await target.expectWell();
        await target.expectEnd();
      }),
  };
}

/** Gives messages their ids, and keeps account of what has to be answered. */
class Speaker {
  static #next = 0;
  #target;
  /** @type {string | number} */
  #last = "none";

  /** @param {Target} target */
  constructor(target) {
    this.#target = target;
  }

  /** @param {Step[]} steps */
  say(steps) {
    for (const step of steps) {
      if (step.kind === "message") this.#write(this.#message(step));
      else if (step.kind === "batch")
        this.#write(step.entries.map(({ message }) => ({ jsonrpc: "2.0", id: "b", ...message })));
      else if (step.kind === "reply") this.#write({ jsonrpc: "2.0", id: step.of, result: step.of });
      else this.#target.notify("$/cancelRequest", { id: step.of });
    }
  }

  /** @param {unknown} message */
  #write(message) {
    this.#target.write(frame(JSON.stringify(message)));
  }

  /** @param {Sent} sent */
  #message({ message, isRequest, version, sameId }) {
    if (!isRequest) return { jsonrpc: version, ...message };
    const number = ++Speaker.#next;
    if (!sameId || this.#last === "none") this.#last = number % 3 === 0 ? number : `m${number}`;
    this.#target.expectReply(this.#last);
    return { jsonrpc: version, id: this.#last, ...message };
  }
}
