// @ts-check
/** What has to hold, whatever comes in: no crash, no hang, every answer once, no leak of memory or of the key. */

import { gatewayAnswers, gatewayWaits } from "./gateway.mjs";
import { bytes, frames, lives, messages } from "./pipe.mjs";
import { credentials, settings } from "./settings.mjs";

/** @import { Program } from "../target/target.mjs" */
/** @import { RawGateway } from "../gateway.mjs" */

/**
 * @typedef {object} Property
 * @property {import("fast-check").Arbitrary<any>} input
 * @property {(given: any) => Promise<void>} play fails where something does not hold
 * @property {{ processes: number, state?: string, end(): Promise<void> }[]} lanes the processes that it plays with
 * @property {number} runs cases of a round, for about as much time as the others take
 */

/** By name, so that one may be played alone. @type {Record<string, { make: (program: Program, gateway: RawGateway) => Omit<Property, "runs">, runs: number }>} */
const kinds = {
  frames: { make: frames, runs: 800 },
  bytes: { make: bytes, runs: 10 },
  messages: { make: messages, runs: 300 },
  lives: { make: lives, runs: 10 },
  gatewayAnswers: { make: gatewayAnswers, runs: 80 },
  gatewayWaits: { make: gatewayWaits, runs: 6 },
  credentials: { make: credentials, runs: 250 },
  settings: { make: settings, runs: 10 },
};

export const names = Object.keys(kinds);

/** @param {Program} program @param {RawGateway} gateway @param {readonly string[]} [only] @returns {Record<string, Property>} */
export function makeProperties(program, gateway, only = names) {
  return Object.fromEntries(
    Object.entries(kinds)
      .filter(([name]) => only.includes(name))
      .map(([name, { make, runs }]) => [name, { ...make(program, gateway), runs }]),
  );
}
