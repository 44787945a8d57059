// @ts-check
/** Finds a key again in whatever was written, in each form that it may have taken on the way. */

/** Looks like a key, so that a leak is seen. */
export const key = "fw_test_leak_0123456789abcdef";

/**
 * Every form in which a key might be found again: plain, base64 at each offset, URL-escaped, hexadecimal.
 * @param {string} key
 */
export function formsOf(key) {
  const base64 = Buffer.from(key).toString("base64").replace(/=+$/, "");
  const shifted = [1, 2].map((by) =>
    Buffer.concat([Buffer.alloc(by, 32), Buffer.from(key)])
      .toString("base64")
      .slice(4, -4),
  );
  const escaped = [...key].map((c) => `%${c.charCodeAt(0).toString(16)}`).join("");
  return [
    ...new Set([key, base64, ...shifted, encodeURIComponent(key), escaped, Buffer.from(key).toString("hex")]),
  ];
}

/**
 * The forms that stand somewhere in a text, also where a line ends in the middle of one.
 * @param {string} text
 * @param {readonly string[]} forms
 */
export function findForms(text, forms) {
  const joined = text.replaceAll(/(\\[rn]|[\s"'\\])+/g, "");
  return forms.filter((form) => text.includes(form) || joined.includes(form));
}

/** The search in what comes piece by piece. */
export class KeySearch {
  #forms;
  #carry = "";
  /** Characters that are looked at again with the next piece: the longest form, and room for the ends of lines in it. */
  #overlap;

  /** @param {string} secret */
  constructor(secret) {
    this.#forms = formsOf(secret);
    this.#overlap = 2 * Math.max(...this.#forms.map(({ length }) => length));
  }

  /** @param {string} text the next piece @returns {boolean} true where the key stands in it, or in it and what came before */
  finds(text) {
    const all = this.#carry + text;
    this.#carry = all.slice(-this.#overlap);
    return findForms(all, this.#forms).length > 0;
  }
}
