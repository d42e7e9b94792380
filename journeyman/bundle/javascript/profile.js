/** How surprising a cell is in its column: -ln of the share of training cells that are as far out, or as rare. */

const BELOW = [0, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.42];
/** Shares of cells below the quantiles that are kept. */
export const SHARES = [...BELOW, 0.5, ...BELOW.map((one) => 1 - one).reverse()];
/** Out of the range, every doubling of the distance, in these parts of the range, is half as likely. */
const PART = 8;
const DOUBLINGS = 64;

const bits = new DataView(new ArrayBuffer(8));

/** The next number above a finite one. */
function above(value) {
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

const below = (value) => -above(-value);

/** The surprise of the numbers of a column: straight lines between knots. */
export class NumberSurprise {
  /** @param {{rows: number, quantiles: number[], missing: number}} profile as the manifest holds it */
  constructor({ rows, quantiles, missing }) {
    const rarest = 1 / (rows + 1);
    const there = [];
    quantiles.forEach((value, at) => {
      if (there.length && there.at(-1).value === value) there.at(-1).last = at;
      else there.push({ value, first: at, last: at });
    });
    // A value that many rows have is as far out as the rows beyond it and itself together.
    const inside = there.map(({ value, first, last }) => {
      const tail = 2 * Math.min(SHARES[last], 1 - SHARES[first]);
      return [value, -Math.log(Math.min(Math.max(tail, rarest), 1))];
    });
    const [low, high] = [there[0].value, there.at(-1).value];
    const part = (high - low) / PART || Math.abs(high) / PART || 1;
    const steps = [...Array(DOUBLINGS).keys()].map((step) => [
      part * (2 ** step - 1),
      Math.log(rows + 1) + Math.log(2) * step,
    ]);
    const farBelow = steps.map(([far, out]) => [below(low) - far, out]).reverse();
    const farAbove = steps.map(([far, out]) => [above(high) + far, out]);
    const isCommon = missing > 0.5;
    const more = isCommon ? Math.log(Math.max(1 - missing, rarest)) : 0;
    // Far out, knots can fall together where floats are coarse: the first of them stays.
    const kept = [...farBelow, ...inside, ...farAbove]
      .filter(([knot]) => Math.abs(knot) <= Number.MAX_VALUE / 4)
      .sort(([one], [other]) => one - other)
      .filter(([knot], at, all) => !at || knot !== all[at - 1][0]);
    this.knots = kept.map(([knot]) => knot);
    this.surprise = kept.map(([, surprise]) => surprise - more);
    this.slopes = this.knots.map((knot, at) => {
      const width = this.knots[at + 1] - knot;
      // At both ends of the range surprise jumps.
      if (at + 1 === this.knots.length || width <= above(Math.abs(knot)) - Math.abs(knot)) return 0;
      const slope = (this.surprise[at + 1] - this.surprise[at]) / width;
      return Number.isFinite(slope) ? slope : 0;
    });
    this.missing = isCommon ? 0 : -Math.log(Math.max(missing, rarest / 2));
  }

  /** The surprise of one cell that is there. @param {number} cell @returns {number} */
  of(cell) {
    const { knots } = this;
    const held = Math.min(Math.max(cell, knots[0]), knots.at(-1));
    let [place, end] = [0, knots.length];
    while (end - place > 1) {
      const middle = (place + end) >> 1;
      if (knots[middle] <= held) place = middle;
      else end = middle;
    }
    return this.surprise[place] + (held - knots[place]) * this.slopes[place];
  }
}

/**
 * The surprise of each level that a column knows, of any other word, and of a missing cell.
 * @param {{rows: number, shares: number[], rest: number, once: number, missing: number}} profile
 * @param {string[]} levels
 * @returns {{known: Map<string, number>, unseen: number, missing: number}}
 */
export function levelSurprise({ rows, shares, rest, once, missing }, levels) {
  const rarest = 1 / (rows + 1);
  const clipped = (share, least) => Math.min(Math.max(share, least), 1);
  const rising = [...shares].sort((one, other) => one - other);
  const sums = new Map();
  let sum = 0;
  for (const share of rising) {
    sum += share;
    sums.set(share, sum);
  }
  const isCommon = missing > 0.5;
  const more = isCommon ? -Math.log(Math.max(1 - missing, rarest)) : 0;
  const ofRest = -Math.log(clipped(rest, rarest));
  const first = shares.map((share) => -Math.log(clipped(sums.get(share) + rest, rarest)));
  return {
    known: new Map(levels.map((word, place) => [word, more + (first[place] ?? ofRest)])),
    unseen: more - Math.log(clipped(once, rarest / 2)),
    missing: isCommon ? 0 : -Math.log(Math.max(missing, rarest / 2)),
  };
}
