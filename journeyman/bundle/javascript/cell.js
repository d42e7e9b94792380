/** What every reading of a single cell shares: its states, plain values, and spellings as they are compared. */

import { casefold, isAscii, plainDigits, strip } from "./unicode.js";

/** What a cell was: ordinary, readable but never met in training, or unreadable (its value is then missing). */
export const OK = 0;
export const UNUSUAL = 1;
export const REFUSED = 2;

/** Stands for "missing" among words. No cell can be it: U+001F in a cell becomes a blank. */
export const MISSING_WORD = "\x1fmissing";
/** Stands between the terms of a text. */
export const TERM_END = "\x1f";

const LOOK_ALIKE = new Map(Object.entries({ "−": "-", "‒": "-", "–": "-", "’": "'", "٫": ".", "٬": ",", "﹣": "-" }));

/** A text composed (NFC). @param {string} text @returns {string} */
export const composed = (text) => (isAscii(text) ? text : text.normalize("NFC"));

/** A spelling as it is compared: composed, stripped, case ignored. @param {string} text @returns {string} */
export const fold = (text) => casefold(strip(composed(text)));

/** The spellings of "missing" as they are compared; an empty cell always is. @returns {Set<string>} */
export const missingWords = (column) => new Set(["", ...column.missing.map(fold)]);

/**
 * A text as numbers and dates are looked for in it: digits of every script as 0 to 9, one kind of blank and minus.
 * @param {string} text
 * @returns {string}
 */
export function plainText(text) {
  if (isAscii(text)) return strip(text);
  let clean = "";
  for (const mark of text.normalize("NFKC")) clean += LOOK_ALIKE.get(mark) ?? mark;
  return strip(plainDigits(clean));
}

/**
 * A cell as one of: null, a string, a boolean, a number, a bigint, a Date, or an object that no column can read.
 * @param {unknown} cell
 */
export function simplify(cell) {
  if (cell === undefined || cell === null) return null;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell;
  if (cell instanceof String || cell instanceof Number || cell instanceof Boolean) return cell.valueOf();
  return cell;
}

/**
 * A number in its shortest spelling; whole numbers without a point, very small ones as 1e-07, infinite ones as inf.
 * @param {number} value
 * @returns {string}
 */
export function spell(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (Number.isInteger(value)) return BigInt(value).toString();
  const size = Math.abs(value);
  if (size >= 1e-4) return String(value);
  const [digits, exponent] = value.toExponential().split("e-");
  return `${digits}e-${exponent.padStart(2, "0")}`;
}
