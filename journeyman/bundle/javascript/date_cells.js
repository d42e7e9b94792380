/** How a cell of a date column is read. */

import { OK, REFUSED, UNUSUAL, fold, missingWords, plainText, simplify, spell } from "./cell.js";
import { NUMBERED, dateTextReader, numberDate } from "./date_formats.js";
import { strip } from "./unicode.js";

/** The column's spellings of "missing" that are dates, as 9999-12-31: they mean it in every format. */
function missingMoments(column) {
  const read = dateTextReader("iso");
  return new Set(column.missing.map((word) => read(strip(word))).filter((one) => one !== null));
}

/**
 * The reader of a date or a time as microseconds since 1970-01-01 UTC, a bigint; null is missing.
 * @param {object} column
 * @returns {(cell: unknown) => [bigint | null, number]}
 */
export function dateReader(column) {
  const low = column.low ?? -Infinity;
  const high = column.high ?? Infinity;
  const missing = missingWords(column);
  const formats = [...new Set([column.date_format, ...column.date_formats, "iso"])];
  const readers = formats.map(dateTextReader);
  const numbered = formats.filter((name) => NUMBERED.includes(name));
  const holes = missingMoments(column);

  const bounded = (value) => {
    if (holes.has(value)) return [null, OK];
    return [value, low <= value && value <= high ? OK : UNUSUAL];
  };

  const text = (cell) => {
    const clean = plainText(cell);
    for (const read of readers) {
      const value = read(clean);
      if (value !== null) return bounded(value);
    }
    return [null, missing.has(fold(cell)) ? OK : REFUSED];
  };

  const number = (value) => {
    for (const name of numbered) {
      const found = numberDate(name, value);
      if (found !== null) return bounded(found);
    }
    return [null, missing.has(spell(value)) ? OK : REFUSED];
  };

  return (cell) => {
    const value = simplify(cell);
    if (value === null || Number.isNaN(value)) return [null, OK];
    if (typeof value === "string") return text(value);
    if (value instanceof Date) return bounded(BigInt(value.getTime()) * 1000n);
    if (numbered.length && (typeof value === "number" || typeof value === "bigint")) {
      return value > -1e18 && value < 1e18 ? number(Number(value)) : [null, REFUSED];
    }
    return [null, REFUSED];
  };
}
