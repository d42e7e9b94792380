/** How sure a model is of a row: bounds around a number, or the labels that it may well have. */

/** The place of the first number in a rising list that is not below a value. */
function lowestNotBelow(rising, value) {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The bounds of one predicted number.
 * @param {{cuts: number[], low: number[], high: number[], floor: number | null}} spread as the manifest states it
 * @param {number} predicted
 * @returns {[number, number]} NaN where the prediction is
 */
export function boundsOf(spread, predicted) {
  if (Number.isNaN(predicted)) return [NaN, NaN];
  const place = lowestNotBelow(spread.cuts, predicted);
  let low = predicted + spread.low[place];
  // Of 0 and -0 either may be the larger: with 0 added, both are 0.
  if (spread.floor !== null) low = Math.max(low, Math.min(spread.floor, predicted)) + 0;
  return [low, predicted + spread.high[place]];
}

/**
 * The labels in the set of one row, in the order of the classes.
 * @param {{least: number[]}} rule as the manifest states it
 * @param {number[]} probabilities
 * @param {number[]} places of the likeliest class and of that predicted
 * @param {string[]} classes
 */
export function labelsOf(rule, probabilities, places, classes) {
  return classes.filter((_, at) => places.includes(at) || (probabilities[at] >= rule.least[at] && rule.least[at] < 1));
}
