// @ts-check
import { LeakWatch } from "./leakWatch.mjs";
import { Target } from "./target.mjs";

/** Cases between two looks at the memory. */
const sampleEvery = 20;

/** @import { Program } from "./target.mjs" */

/**
 * One process for many cases, which is quick, and what shows whether it leaks. A case that fails ends it: the next one, mostly the same
 * made smaller, has a new process to itself.
 */
export class Lane {
  cases = 0;
  processes = 0;
  /** @type {Program} */
  #program;
  /** @type {Record<string, string>} */
  #env;
  /** @type {(target: Target) => Promise<unknown>} */
  #open;
  /** @type {Target | undefined} */
  #target;
  #leaks = new LeakWatch();
  #casesOfProcess = 0;

  /** @param {Program} program @param {Record<string, string>} env @param {(target: Target) => Promise<unknown>} open makes a new process ready */
  constructor(program, env, open) {
    this.#program = program;
    this.#env = env;
    this.#open = open;
  }

  /** What its process has in memory, for people. */
  get state() {
    const { floor, last } = this.#leaks;
    if (floor === undefined || last === undefined) return "";
    return `${floor.toFixed(0)} → ${last.toFixed(0)} MiB in ${this.#casesOfProcess} cases of one process`;
  }

  /** @param {(target: Target) => Promise<void>} play */
  async play(play) {
    this.cases++;
    try {
      const target = this.#target ?? (await this.#start());
      await play(target);
      await target.expectWell();
      if (++this.#casesOfProcess % sampleEvery === 0) {
        const leak = this.#leaks.add(target.memory());
        if (leak) throw new Error(`${leak} (${this.#casesOfProcess} cases)`);
      }
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  /** Ends its process; the next case has a new one. */
  async end() {
    const target = this.#target;
    this.#target = undefined;
    await target?.kill();
  }

  async #start() {
    this.#leaks = new LeakWatch();
    this.#casesOfProcess = 0;
    this.processes++;
    this.#target = new Target(this.#program, this.#env);
    await this.#open(this.#target);
    return this.#target;
  }
}

/**
 * A process for each case: for those that end it. The next one starts while this one is played with.
 */
export class Spares {
  processes = 0;
  /** @type {Program} */
  #program;
  /** @type {Record<string, string>} */
  #env;
  /** @type {Target | undefined} */
  #spare;

  /** @param {Program} program @param {Record<string, string>} env */
  constructor(program, env) {
    this.#program = program;
    this.#env = env;
  }

  /** @param {(target: Target) => Promise<void>} play */
  async play(play) {
    const target = this.#spare ?? this.#start();
    this.#spare = this.#start();
    try {
      await play(target);
    } finally {
      await target.kill();
    }
  }

  async end() {
    await this.#spare?.kill();
    this.#spare = undefined;
  }

  #start() {
    this.processes++;
    return new Target(this.#program, this.#env);
  }
}
