/** What a row of a view shows. */
export interface RowContent {
  readonly label: string;
  readonly description: string;
  /** The name of a codicon. */
  readonly icon: string;
  /** Whether the icon has the color of warnings. */
  readonly warns?: boolean | undefined;
  /** For the manifest's conditions. */
  readonly contextValue: string;
  /** The label for screen readers. */
  readonly ariaLabel: string;
}
