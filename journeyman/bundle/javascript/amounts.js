/** Numbers as people write them: the grammar that a column declares, as a reader of one text. */

import { BLANKS, escaped, strip } from "./unicode.js";

const S = `[${BLANKS}]`;
const FEET_MARK = "(?:'|′|ft\\.?|feet|foot)";
const INCH_MARK = "(?:\"|″|''|′′|in\\.?|inch(?:es)?)";
const FEET = new RegExp(
  `^(?:(?<feet>[0-9]{1,4}(?:\\.[0-9]+)?)${S}?${FEET_MARK}` +
    `(?:${S}?-?(?<inches>[0-9]{1,2}(?:\\.[0-9]+)?)${S}?${INCH_MARK}?)?` +
    `|(?<only>[0-9]{1,4}(?:\\.[0-9]+)?)${S}?${INCH_MARK})$`,
  "u",
);
const CLOCK = new RegExp(
  "^(?<hour>[0-9]{1,3}):(?<minute>[0-5][0-9])(?::(?<second>[0-5][0-9](?:[.,][0-9]+)?))?" +
    `(?:${S}?(?<half>[aApP])\\.?[mM]\\.?)?$`,
  "u",
);
const OPEN = new RegExp(`^(?:(?<sign>[<>≤≥~])=?${S}?(?<end>[^\\n]+)|(?<least>[^\\n]+?)${S}?\\+)$`, "u");
const WORD = "[\\p{L}\\p{N}_]";
const BETWEEN = new RegExp(
  `^(?<low>[^\\n]*[^${BLANKS}(\\-][^\\n]*?)${S}?(?:-|(?<!${WORD})to(?!${WORD})|\\.\\.\\.?|…)` +
    `${S}?(?<high>[^\\n]*[0-9][^\\n]*)$`,
  "u",
);
const LONGEST_RANGE = 60;
const LEADING_ZERO = /(?<![0-9.,])0[0-9]/;
const UNIT = /^(?<name>[^=]+)=(?<over>[0-9]{1,18})(?:\/(?<under>[1-9][0-9]{0,17}))?$/u;

/**
 * The reader of amounts as a column declares them: a text, made plain, to a number, or null where it is none.
 * @param {object} column its decimal, thousands, groups, unit, other_units, notation and ranges count
 * @returns {(text: string) => number | null}
 */
export function amountReader(column) {
  const plain = plainReader(column);
  const parts = { feet, clock }[column.notation];
  const single = parts ? (text) => parts(text) ?? plain(text) : plain;
  return column.ranges === "middle" ? rangeReader(single) : single;
}

/** Whether a text is one of a column's other units as we write them. @param {string} text @returns {boolean} */
export const isUnit = (text) => UNIT.test(text);

function unitFactors(column) {
  const found = new Map(column.unit ? [[column.unit, [1n, 1n]]] : []);
  for (const text of column.other_units) {
    const match = UNIT.exec(text);
    if (match) found.set(match.groups.name, reduced(BigInt(match.groups.over), BigInt(match.groups.under ?? 1)));
  }
  return new Map([...found].map(([name, factor]) => [name.normalize("NFKC"), factor]));
}

function reduced(over, under) {
  let [a, b] = [over, under];
  while (b) [a, b] = [b, a % b];
  return a ? [over / a, under / a] : [0n, 1n];
}

function plainReader(column) {
  const factors = unitFactors(column);
  const length = (name) => [...name].length;
  const names = [...factors.keys()].sort((a, b) => length(b) - length(a) || byCodePoint(a, b)).map(escaped).join("|");
  const number = `(?<number>${digits(column)})`;
  const grammar = names
    ? `(?<sign>[+\\-]?)${S}?(?:(?<before>${names})${S}*)?(?<inner>[+\\-]?)${number}(?:${S}*(?<after>${names}))?`
    : `(?<sign>[+\\-]?)(?<inner>)${number}`;
  const pattern = new RegExp(`^(?:${grammar})$`, "u");
  return (text) => {
    let isNegative = text.startsWith("(") && text.endsWith(")");
    const found = pattern.exec(isNegative ? strip(text.slice(1, -1)) : text)?.groups;
    if (!found || (found.sign && found.inner)) return null;
    let value = Number(asProgram(found.number, column.decimal, column.thousands));
    if (names) {
      const [over, under] = scale(factors, found.before, found.after);
      value = (value * Number(over)) / Number(under);
    }
    if (found.sign === "-" || found.inner === "-") isNegative = !isNegative;
    return isNegative ? -value : value;
  };
}

function scale(factors, before, after) {
  const sides = [before, after].map((name) => (name === undefined ? [1n, 1n] : factors.get(name)));
  return reduced(sides[0][0] * sides[1][0], sides[0][1] * sides[1][1]);
}

/** The order of code points, which is not that of JavaScript's own comparison. */
function byCodePoint(a, b) {
  const [one, other] = [[...a], [...b]];
  for (let place = 0; place < Math.min(one.length, other.length); place += 1) {
    const gap = one[place].codePointAt(0) - other[place].codePointAt(0);
    if (gap) return gap;
  }
  return one.length - other.length;
}

/** The grammar of the digits of a number, without its sign. */
function digits(column) {
  const exponent = "(?:[eE][+\\-]?[0-9]+)?";
  if (column.decimal === ".,") {
    const oneMark = "[0-9]+[.,]?[0-9]*|[.,][0-9]+";
    const marks = "[0-9]{1,3}(?:,[0-9]{3})+\\.[0-9]*|[0-9]{1,3}(?:\\.[0-9]{3})+,[0-9]*";
    const grouped = "[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:\\.[0-9]{3}){2,}";
    return `(?:${marks}|${grouped}|(?:${oneMark})${exponent})`;
  }
  const mark = escaped(column.decimal);
  const plain = `(?:[0-9]+${mark}?[0-9]*|${mark}[0-9]+)${exponent}`;
  if (!column.thousands) return `(?:${plain})`;
  const group = escaped(column.thousands);
  let whole = `[0-9]{1,3}(?:${group}[0-9]{3})+`;
  if (column.groups === "lakhs") whole = `(?:${whole}|[0-9]{1,2}(?:${group}[0-9]{2})+${group}[0-9]{3})`;
  return `(?:${whole}(?:${mark}[0-9]*)?|${plain})`;
}

/** The digits as a program writes them. */
function asProgram(number, decimal, thousands) {
  if (decimal === ".,") {
    const [commas, points] = [",", "."].map((mark) => number.split(mark).length - 1);
    if (commas && points) {
      const last = Math.max(number.lastIndexOf(","), number.lastIndexOf("."));
      return `${number.slice(0, last).replace(/[,.]/g, "")}.${number.slice(last + 1)}`;
    }
    return commas + points > 1 ? number.replace(/[,.]/g, "") : number.replace(",", ".");
  }
  const plain = thousands ? number.replaceAll(thousands, "") : number;
  return decimal === "," ? plain.replaceAll(",", ".") : plain;
}

/** Feet and inches as inches. */
function feet(text) {
  const found = FEET.exec(text)?.groups;
  if (!found) return null;
  return found.only === undefined ? Number(found.feet) * 12 + Number(found.inches ?? 0) : Number(found.only);
}

/** A time of day, or a duration in hours and minutes, as hours. */
function clock(text) {
  const found = CLOCK.exec(text)?.groups;
  if (!found) return null;
  let hour = Number(found.hour);
  if (found.half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + ("pP".includes(found.half) ? 12 : 0);
  }
  return hour + Number(found.minute) / 60 + Number((found.second ?? "0").replace(",", ".")) / 3600;
}

/** A number, the middle of 10-19 and of <5, or the end of >50 and 100+. */
function rangeReader(single) {
  return (text) => {
    const value = single(text);
    if (value !== null) return value;
    if ([...text].length > LONGEST_RANGE) return null;
    const open = OPEN.exec(text)?.groups;
    if (open) {
      const end = single(strip(open.end ?? open.least));
      // Less than five is something between nought and five.
      return end !== null && end > 0 && (open.sign === "<" || open.sign === "≤") ? end / 2 : end;
    }
    const between = BETWEEN.exec(text)?.groups;
    // 17-000123 is a name, and no range.
    if (!between || LEADING_ZERO.test(text)) return null;
    const [low, high] = [single(strip(between.low)), single(strip(between.high))];
    return low === null || high === null || low > high ? null : (low + high) / 2;
  };
}
