/** Looks like a key, so that a leak is noticed. */
export const key = "fw_test_leak_0123456789abcdef";

/** Every form in which a key can leak: plain, Base64 of both alphabets at each offset, URL-encoded, hexadecimal. */
export function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  const base64 = (["base64", "base64url"] as const).flatMap((alphabet) =>
    [0, 1, 2].map((before) => {
      // Only the digits that don't depend on what surrounds the key.
      const all = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
      return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    }),
  );
  const hex = bytes.toString("hex");
  const either = [hex, hex.replaceAll(/../g, "%$&")].flatMap((form) => [form, form.toUpperCase()]);
  return [...new Set([key, ...base64, encodeURIComponent(key), ...either])];
}

/** The forms in a text, even if a line ends within one, or if each character has two bytes. */
export function findForms(text: string, forms: readonly string[]): string[] {
  // A repeated group would need stack space for each character of a file of zeros.
  const joined = text.replaceAll(/\\[rn]|[\s"'\0]+|\\/g, "");
  return forms.filter((form) => text.includes(form) || joined.includes(form));
}

/** Looks for a key in a stream. The result tells whether it's in the next piece, or in its beginning and the end of the one before. */
export function keySearch(secret: string): (piece: string) => boolean {
  const forms = formsOf(secret);
  const overlap = 2 * Math.max(...forms.map(({ length }) => length)); // with room for line ends
  let carry = "";
  return (piece) => {
    const all = carry + piece;
    carry = all.slice(-overlap);
    return findForms(all, forms).length > 0;
  };
}
