// @ts-check
/** What the gateway answers, or somebody in its place. */
import { RawGateway } from "../gateway.mjs";
import { answers, waits } from "../inputs/answers.mjs";
import { key } from "../target/keySearch.mjs";
import { Lane, Spares } from "../target/lane.mjs";

/** @import { Answer } from "../inputs/answers.mjs" */
/** @import { Target, Program } from "../target/target.mjs" */

/** Milliseconds for what a question may have to wait for; then it is cancelled. */
const patience = 40;
const env = { FIREWORKS_API_KEY: key, FIREWORKS_ACCOUNT_ID: "acme" };

const connection = { nodePoolId: "h100-8x", numRanks: 8 };
const environmentIds = ["train-a", "train-b", "eval-c"];
const questions = /** @type {const} */ ([
  ["signIn", {}],
  ["getAccount", {}],
  ["listAccounts", {}],
  ["listEnvironments", {}],
  ["listEnvironments", { partialResultToken: "p" }],
  ["listNodePools", {}],
  ["listRoles", {}],
  ["diagnose", { environmentId: "train-a" }],
]);

/** @param {Target} target @param {number} turn */
async function askAll(target, turn) {
  const environmentId = environmentIds[turn % environmentIds.length];
  questions.forEach(([method, params], index) => void target.ask(`q${turn}-${index}`, method, params));
  target.ask(`q${turn}-g`, "getEnvironment", { environmentId });
  target.ask(`q${turn}-c`, "connect", { environmentId, connection, wait: "accepted", timeoutSeconds: 1 });
  target.ask(`q${turn}-d`, "disconnect", { environmentId: "other", wait: "settled", timeoutSeconds: 1 });
  await target.settle(patience);
}

/** @param {Program} program @param {RawGateway} gateway */
export function gatewayAnswers(program, gateway) {
  const lane = new Lane(program, env, (target) => target.initialize({ gatewayUrl: gateway.url }));
  let turn = 0;
  return {
    input: answers,
    lanes: [lane],
    /** @param {Answer[]} given */
    play: (given) =>
      lane.play(async (target) => {
        gateway.answerWith(given);
        await askAll(target, turn++);
      }),
  };
}

/** @param {Program} program @param {RawGateway} gateway */
export function gatewayWaits(program, gateway) {
  const spares = new Spares(program, env);
  return {
    input: waits,
    lanes: [spares],
    /** @param {Answer[]} given */
    play: (given) =>
      spares.play(async (target) => {
        gateway.answerWith(given);
        await target.initialize({ gatewayUrl: gateway.url });
        await askAll(target, 0);
        await target.expectWell();
      }),
  };
}
