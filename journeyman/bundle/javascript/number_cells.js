/** How a cell of a number column and of a flag column is read. */

import { amountReader } from "./amounts.js";
import { OK, REFUSED, UNUSUAL, fold, missingWords, plainText, simplify, spell } from "./cell.js";
import { casefold, strip } from "./unicode.js";

export const LARGEST = Number.MAX_VALUE;
const INFINITE = new Set(["inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞"]);
const DECIMALS = {
  ".": /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/,
  ",": /^[+-]?(?:[0-9]+,?[0-9]*|,[0-9]+)(?:[eE][+-]?[0-9]+)?$/,
};

/**
 * The reader of a number: a cell to its value (missing and infinite are NaN) and its state.
 * @param {object} column
 * @returns {(cell: unknown) => [number, number]}
 */
export function numberReader(column) {
  const low = column.low ?? -LARGEST;
  const high = column.high ?? LARGEST;
  const hasComma = column.decimal === ",";
  const plain = DECIMALS[hasComma ? "," : "."];
  const missing = missingWords(column);
  const amount = amountReader(column);
  const holes = missingNumbers(column);
  const asksFirst = isDoubtful(column);

  const bounded = (value) => {
    if (Number.isNaN(value) || holes.has(value)) return [NaN, OK];
    if (low <= value && value <= high) return [value, OK];
    return Math.abs(value) <= LARGEST ? [value, UNUSUAL] : [NaN, UNUSUAL];
  };

  const text = (cell) => {
    if (plain.test(cell)) return bounded(Number(hasComma ? cell.replace(",", ".") : cell));
    if (missing.has(cell)) return [NaN, OK];
    const asWritten = asksFirst ? null : amount(cell);
    if (asWritten !== null) return bounded(asWritten);
    if (missing.has(fold(cell))) return [NaN, OK];
    const clean = plainText(cell);
    const value = amount(clean);
    if (value !== null) return bounded(value);
    return [NaN, INFINITE.has(casefold(clean)) ? UNUSUAL : REFUSED];
  };

  return (cell) => {
    const value = simplify(cell);
    if (value === null) return [NaN, OK];
    if (typeof value === "string") return text(value);
    if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
      return bounded(Number(value));
    }
    return [NaN, REFUSED];
  };
}

/** Whether a spelling of "missing" is an amount, as "0 kg": "missing" goes before amounts then. */
function isDoubtful(column) {
  const amount = amountReader(column);
  const words = [...missingWords(column)].filter((word) => /[0-9]/.test(word) && !DECIMALS["."].test(word));
  return words.some((word) => amount(word) !== null);
}

/** The column's spellings of "missing" that are numbers, as -999: they mean it as numbers too. */
export function missingNumbers(column) {
  return new Set(column.missing.map(strip).filter((word) => DECIMALS["."].test(word)).map(Number));
}

/**
 * The reader of a flag as 1 or 0: its declared words, true and false, and the numbers 1 and 0.
 * @param {object} column
 * @returns {(cell: unknown) => [number, number]}
 */
export function flagReader(column) {
  const values = new Map([["true", 1], ["false", 0], ["1", 1], ["0", 0], ["1.0", 1], ["0.0", 0]]);
  for (const word of column.true_words) values.set(fold(word), 1);
  for (const word of column.false_words) values.set(fold(word), 0);
  const missing = missingWords(column);
  return (cell) => {
    const value = simplify(cell);
    if (value === null || Number.isNaN(value)) return [NaN, OK];
    if (typeof value === "string") {
      const word = fold(value);
      if (values.has(word)) return [values.get(word), OK];
      return [NaN, missing.has(word) ? OK : REFUSED];
    }
    if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") return [NaN, REFUSED];
    const amount = Number(value);
    if (typeof value === "bigint" && !Number.isFinite(amount)) return [NaN, REFUSED];
    if (amount === 0 || amount === 1) return [amount, OK];
    const word = spell(amount);
    return values.has(word) ? [values.get(word), OK] : [NaN, REFUSED];
  };
}
