/** Which class a row's probabilities name, where the manifest states a rule for it. */

/**
 * The place of the class that is named; of equal ones the second of two, else the first.
 * @param {{scale: number[], shift: number[]}} rule as the manifest states it: the largest `scale * chance - shift`
 * @param {number[]} chances one probability a class
 */
export function placeOf(rule, chances) {
  const worth = chances.map((one, at) => rule.scale[at] * one - rule.shift[at]);
  if (worth.length === 2) return Number(worth[1] >= worth[0]);
  return worth.indexOf(Math.max(...worth));
}
