// @ts-check
/** Statistics of samples. */

/**
 * Returns the value that a share of the samples is below.
 * @param {readonly number[]} samples
 * @param {number} share from 0 to 1
 */
export function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** @param {readonly number[]} samples */
export const median = (samples) => quantile(samples, 0.5);

/**
 * Returns the interquartile range, which shows how reliable the figure is.
 * @param {readonly number[]} samples
 * @returns {[number, number]}
 */
export const spread = (samples) => [quantile(samples, 0.25), quantile(samples, 0.75)];

/**
 * Returns the ratio of two figures in the same run: the median over the rounds, each of which measured both in turn.
 * @param {readonly number[]} samples
 * @param {readonly number[]} others in the same rounds
 */
export const ratio = (samples, others) =>
  median(samples.map((sample, round) => sample / (others[round] ?? Number.NaN)));
