// @ts-check
/** Finds a key again in whatever was written, in each form that it may have taken on the way. */

/** Looks like a key, so that a leak is seen. */
export const key = "fw_test_leak_0123456789abcdef";

/**
 * Every form in which a key might be found again: plain, Base64 of both alphabets at each offset, URL-escaped, hexadecimal.
 * @param {string} key
 */
export function formsOf(key) {
  const bytes = Buffer.from(key);
  const base64 = /** @type {const} */ (["base64", "base64url"]).flatMap((alphabet) =>
    [0, 1, 2].map((before) => {
      // Those digits alone in which no neighbour of the key has a part.
      const all = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
      return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    }),
  );
  const hex = bytes.toString("hex");
  const escaped = hex.replaceAll(/../g, "%$&");
  const either = [hex, escaped].flatMap((form) => [form, form.toUpperCase()]);
  return [...new Set([key, ...base64, encodeURIComponent(key), ...either])];
}

/**
 * The forms that stand somewhere in a text, also where a line ends in the middle of one, or each character has two bytes.
 * @param {string} text
 * @param {readonly string[]} forms
 */
export function findForms(text, forms) {
  // A group that repeats would need stack for each character of a file of zeros.
  const joined = text.replaceAll(/\\[rn]|[\s"'\0]+|\\/g, "");
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
