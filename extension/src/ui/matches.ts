/** The texts of a picker's item that VS Code searches. */
export interface Texts {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
}

/** Whether VS Code keeps an item for an entered text. */
export function matches({ label, description = "", detail = "" }: Texts, text: string): boolean {
  const searched = text.toLowerCase();
  return [label, description, detail].some((one) => one.toLowerCase().includes(searched));
}
