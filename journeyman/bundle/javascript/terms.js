/**
 * The terms of a text: what a model learns of it, and all that it is told.
 *
 * Composed (NFC), the curly apostrophe as the straight one, case folded, then fixed ranges of code points.
 */

import { TERM_END } from "./cell.js";
import { casefold, isAscii } from "./unicode.js";

/** A cell is looked at up to this many code points. */
const MOST_CHARACTERS = 10_000;
/** A text has at most so many terms. */
const MOST_TERMS = 512;

/** Blanks, controls, soft hyphen, joiners, variation selectors, halves of surrogate pairs: between terms. */
const BLANK =
  "\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000" +
  "\\ud800-\\udfff\\ufe00-\\ufe0f\\ufeff\\u{e0000}-\\u{effff}";
/** Scripts that put no blanks between words: each character is a word. */
const ALONE =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3041-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf" +
  "\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
/** Marks among the letters below; every other mark is one because it lies in none of these ranges. */
const MARKS =
  "\\u00d7\\u00f7\\u037e\\u0387\\u0589\\u05be\\u05c0\\u05c3\\u05f3\\u05f4\\u060c\\u061b\\u061f\\u066a-\\u066d\\u06d4" +
  "\\u0964\\u0965";
const LETTERS =
  "0-9_a-z\\u00aa\\u00b5\\u00ba\\u00c0-\\u1fff\\u2c00-\\u2dff\\ua000-\\ud7ff\\ufb00-\\ufdff\\ufe70-\\ufefc" +
  "\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a\\u{10000}-\\u{1efff}";
const LETTER = `(?![${BLANK}${ALONE}${MARKS}])[${LETTERS}]`;
const BLANKS = new RegExp(`[${BLANK}]+`, "gu");
/** What stands between the items of a list in a cell. */
const SEPARATORS = /[\t\n\r",;[\]{|}\u3001\uff0c\uff1b]+/u;
const TOKEN = new RegExp(`(?:${LETTER})+(?:'(?:${LETTER})+)*|[^${BLANK}]`, "gu");

/**
 * The distinct terms of a text in order of appearance.
 * @param {string} text
 * @param {"words" | "characters" | "items"} form words and marks and pairs of neighbours; or words and marks, and each
 *   run of three and of four characters of them with a blank put before and behind; or what stands between separators
 * @returns {string[]}
 */
export function termsOf(text, form) {
  const cut = text.length > MOST_CHARACTERS ? [...text].slice(0, MOST_CHARACTERS).join("") : text;
  const plain = isAscii(cut) ? cut : cut.normalize("NFC").replaceAll("’", "'");
  const distinct = new Set(form === "items" ? itemsOf(casefold(plain)) : []);
  const tokens = form === "items" ? [] : (casefold(plain).match(TOKEN) ?? []);
  tokens.forEach((token, place) => {
    for (const one of form === "characters" ? runs(token) : [token]) distinct.add(one);
    if (form !== "characters" && place) distinct.add(`${tokens[place - 1]} ${token}`);
  });
  return [...distinct].slice(0, MOST_TERMS);
}

/** The terms of a text as the graph takes them. @param {string} text @param {string} form @returns {string} */
export const joinedTerms = (text, form) => termsOf(text, form).join(TERM_END);

/** @param {string} folded @returns {string[]} */
function itemsOf(folded) {
  const items = folded.split(SEPARATORS).map((item) => item.replace(BLANKS, " ").replace(/^[ ']+|[ ']+$/gu, ""));
  return items.filter((item) => item);
}

function runs(token) {
  const word = [" ", ...token, " "];
  const found = [token];
  for (const size of [3, 4]) {
    for (let start = 0; start + size <= word.length; start += 1) found.push(word.slice(start, start + size).join(""));
  }
  return found;
}
