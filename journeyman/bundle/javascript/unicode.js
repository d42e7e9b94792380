/**
 * Text as the reader sees it, whatever engine it runs in: blanks, case folding and digits by tables that do not change.
 *
 * JavaScript takes U+FEFF for a blank and U+001C to U+001F and U+0085 for none, and has no case folding.
 */

import { DIGITS, MANY, RUNS } from "./folding.js";

/** The blanks, as they stand between brackets in a pattern. */
export const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
/** What is a letter to a pattern of dates: letters and numbers of every script without its digits. */
export const LETTERS = "\\p{L}\\p{Nl}\\p{No}";

const ENDS = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, "gu");
const BETWEEN = new RegExp(`[${BLANKS}]+`, "u");
const ASCII = /^[\x00-\x7f]*$/;
const FOLDED = new Map(Object.entries(MANY).map(([code, text]) => [Number(code), text]));
for (const [first, count, step, delta] of RUNS) {
  for (let place = 0; place < count; place += 1) {
    const code = first + place * step;
    FOLDED.set(code, String.fromCodePoint(code + delta));
  }
}
const VALUES = new Map(DIGITS.flatMap((zero) => [...Array(10).keys()].map((value) => [zero + value, String(value)])));

/** Whether all of a text is ASCII. @param {string} text @returns {boolean} */
export const isAscii = (text) => ASCII.test(text);

/** A text without the blanks at its ends. @param {string} text @returns {string} */
export const strip = (text) => text.replace(ENDS, "");

/** The pieces of a text between runs of blanks, none of them empty. @param {string} text @returns {string[]} */
export const split = (text) => text.split(BETWEEN).filter(Boolean);

/** A text with full case folding (Unicode's CaseFolding.txt, C and F). @param {string} text @returns {string} */
export function casefold(text) {
  if (isAscii(text)) return text.toLowerCase();
  let found = "";
  for (const mark of text) found += FOLDED.get(mark.codePointAt(0)) ?? mark;
  return found;
}

/** A text with the digits of every script as 0 to 9. @param {string} text @returns {string} */
export function plainDigits(text) {
  let found = "";
  for (const mark of text) found += VALUES.get(mark.codePointAt(0)) ?? mark;
  return found;
}

/** A text as it stands for itself in a pattern with the flag u. @param {string} text @returns {string} */
export const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/**
 * A text with each half of a surrogate pair, which UTF-8 cannot hold, as a question mark.
 * @param {string} text
 * @returns {string}
 */
export const wellFormed = (text) => text.replace(/[\ud800-\udfff]/gu, "?");
