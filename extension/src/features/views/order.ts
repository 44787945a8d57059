/**
 * Returns a comparison by names that sorts numbers in them by value: pool-2 comes before pool-10.
 * @param language a BCP 47 tag
 */
export function naturalOrder<T>(language: string, ...names: ((one: T) => string)[]): (a: T, b: T) => number {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return (a, b) => names.reduce((order, name) => order || compare(name(a), name(b)), 0);
}
