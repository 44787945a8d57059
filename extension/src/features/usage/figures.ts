/** How figures are written in a language. */
export interface Figures {
  /** A number of hours, without a unit. */
  hours(seconds: number): string;
  /** A day such as 2026-11-28. */
  day(day: string): string;
  /** An amount of money, rounded to what matters. */
  roundMoney(amount: number): string;
  /** An amount of money in a column that adds up. */
  money(amount: number): string;
}

/** @param currency an ISO 4217 code */
export function figuresIn(language: string, currency: string): Figures {
  const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const numbers = [0, 1, 2].map(
    (digits) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }),
  );
  const inCurrency = { style: "currency", currency } as const;
  const money = new Intl.NumberFormat(language, inCurrency);
  const wholeMoney = new Intl.NumberFormat(language, {
    ...inCurrency,
    minimumFractionDigits: 0,
    maximumFractionDigits: 0,
  });
  return {
    hours: (seconds) => {
      const hours = seconds / 3_600;
      return (hours >= 100 ? numbers[0] : hours >= 1 ? numbers[1] : numbers[2])?.format(hours) ?? "";
    },
    day: (day) => days.format(Date.parse(day)),
    roundMoney: (amount) => (amount >= 10 ? wholeMoney : money).format(amount),
    money: (amount) => money.format(amount),
  };
}
