const collator = new Intl.Collator("en", { numeric: true });

/** Compares names like a person would: pool-2 before pool-10. */
export function naturalOrder(one: string, other: string): number {
  return collator.compare(one, other);
}
