import * as vscode from "vscode";
import { readCurrency, readRates } from "../../settings.js";
import { type Figures, figuresIn } from "./figures.js";
import { type Rates, ratesOf } from "./rates.js";

/** The user's rates, and how figures are written in the user's language. */
export function usageSettings(): { readonly rates: Rates; readonly figures: Figures } {
  const rates = ratesOf(readRates(), readCurrency());
  return { rates, figures: figuresIn(vscode.env.language, rates.currency) };
}
