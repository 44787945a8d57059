// @ts-check
/** What is made of samples. */

/**
 * The value below which a share of the samples lies.
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
 * The middle half of the samples: how far the figure of this run is to be believed.
 * @param {readonly number[]} samples
 * @returns {[number, number]}
 */
export const spread = (samples) => [quantile(samples, 0.25), quantile(samples, 0.75)];

/**
 * The ratio of two figures of one run: the median over the rounds, each of which measured both one after the other.
 * @param {readonly number[]} samples
 * @param {readonly number[]} others of the same rounds
 */
export const ratio = (samples, others) =>
  median(samples.map((sample, round) => sample / (others[round] ?? Number.NaN)));
