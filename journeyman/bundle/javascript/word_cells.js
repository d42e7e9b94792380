/** How a cell of a category and of a text is read. */

import { MISSING_WORD, OK, REFUSED, UNUSUAL, composed, missingWords, simplify, spell } from "./cell.js";
import { LARGEST, numberReader } from "./number_cells.js";
import { joinedTerms } from "./terms.js";
import { casefold, split, strip } from "./unicode.js";

const WHOLE = /^[+-]?[0-9]{1,300}$/;
/** Zero-width blank, byte order mark, soft hyphen: nobody sees them, and nobody means them. */
const UNSEEN = /[\u200b\ufeff\u00ad]/g;
/** A whole number of this size is no word that anybody wrote. */
const TOO_LARGE = 2n ** 1024n;
const TRUTHS = { true: ["True", "true", "TRUE"], false: ["False", "false", "FALSE"] };

/**
 * The reader of a word: composed, stripped, U+001F as a blank, missing spellings as `MISSING_WORD`.
 * @param {object} column
 * @returns {(cell: unknown) => [string, number]}
 */
export function wordReader(column) {
  const levels = new Set(column.levels);
  const missing = missingWords(column);
  const number = column.numeric_spelling ? numberReader(column) : null;
  const isSingle = column.spaces === "single";
  const isFolded = column.case === "ignored";

  const text = (cell) => {
    let word = composed(cell);
    word = isSingle ? split(word.replace(UNSEEN, "")).join(" ") : strip(word.replaceAll("\x1f", " "));
    const folded = casefold(word);
    if (missing.has(folded)) return MISSING_WORD;
    if (isFolded) word = folded;
    if (number === null) return word;
    if (WHOLE.test(word)) return BigInt(word.replace(/^\+/, "")).toString();
    const [value, state] = number(word);
    if (state === REFUSED) return word;
    return Number.isNaN(value) ? MISSING_WORD : spell(value);
  };

  const known = (word) => {
    if (number !== null && missing.has(word)) return [MISSING_WORD, OK];
    return [word, !levels.size || levels.has(word) || word === MISSING_WORD ? OK : UNUSUAL];
  };

  return (cell) => {
    const value = simplify(cell);
    if (value === null) return [MISSING_WORD, OK];
    if (typeof value === "string") return levels.has(value) ? [value, OK] : known(text(value));
    if (typeof value === "boolean") {
      const spellings = TRUTHS[value];
      const word = column.levels.find((level) => spellings.includes(level)) ?? spellings[0];
      return known(isFolded ? casefold(word) : word);
    }
    if (typeof value === "bigint") {
      return -TOO_LARGE < value && value < TOO_LARGE ? known(value.toString()) : [MISSING_WORD, UNUSUAL];
    }
    if (typeof value === "number") {
      if (Number.isNaN(value)) return [MISSING_WORD, OK];
      return Math.abs(value) <= LARGEST ? known(spell(value)) : [MISSING_WORD, UNUSUAL];
    }
    if (value instanceof Date) return known(isoformat(value));
    return [MISSING_WORD, REFUSED];
  };
}

/**
 * The reader of a text as its terms, joined by U+001F; missing is what it is to `wordReader`.
 * @param {object} column
 * @returns {(cell: unknown) => [string, number]}
 */
export function textReader(column) {
  const word = wordReader(column);
  return (cell) => {
    const [value, state] = word(cell);
    return [value === MISSING_WORD ? value : joinedTerms(value, column.terms), state];
  };
}

/** A moment as 2024-01-31 where it is midnight in UTC, else as 2024-01-31T17:05:00, with a fraction if it has one. */
function isoformat(moment) {
  const [day, clock] = moment.toISOString().slice(0, -1).split("T");
  if (clock === "00:00:00.000") return day;
  return clock.endsWith(".000") ? `${day}T${clock.slice(0, 8)}` : `${day}T${clock}000`;
}
