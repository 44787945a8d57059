/** Formats text from elsewhere for a label: one line, limited in length, and without icons in `$(…)`. */
export function singleLine(text: string, longest = 60): string {
  const line = text.replaceAll(/\s+/g, " ").trim().replaceAll("$(", "$ (");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/**
 * Shortens text in its middle, because names often differ only at the end.
 * @param longest the maximum number of characters as people count them
 */
export function shortenMiddle(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const characters = [...graphemes.segment(text)].map(({ segment }) => segment);
  if (characters.length <= longest) return text;
  const end = Math.floor((longest - 1) / 2);
  const start = longest - 1 - end;
  return `${characters.slice(0, start).join("")}…${characters.slice(-end).join("")}`;
}

/** Escapes text from elsewhere for Markdown, including links. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]()#+\-!|<>~&$:.@]/g, "\\$&");
}
