/** Text that came from elsewhere, for a label: one line, of bearable length, in which `$(…)` draws no icon. */
export function singleLine(text: string, longest = 60): string {
  const line = text.replaceAll(/\s+/g, " ").trim().replaceAll("$(", "$ (");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Text that came from elsewhere, for Markdown: nothing in it is markup or a link. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]()#+\-!|<>~&$:.@]/g, "\\$&");
}
