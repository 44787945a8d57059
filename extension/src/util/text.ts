/** Formats text from elsewhere for a label: one line, limited in length, and without icons in `$(…)`. */
export function singleLine(text: string, longest = 60): string {
  const line = text.replaceAll(/\s+/g, " ").trim().replaceAll("$(", "$ (");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Escapes text from elsewhere for Markdown, including links. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]()#+\-!|<>~&$:.@]/g, "\\$&");
}
