/** Which rows are unusual: what no reader can make sense of, and rows that are strange beside those of training. */

import { isMissing, MOST_TROUBLES, shown } from "./reader.js";

/**
 * The status of each row, the first troubles, and the p-value of each row, NaN where it was refused.
 * @param {import("./novelty.js").Novelty | null} novelty null where the bundle does not know how strange rows are
 * @param {object} batch as the reader gives it
 * @param {object[]} columns the feature columns
 * @param {object[]} rows as they were given
 */
export function judged(novelty, batch, columns, rows) {
  if (novelty === null) {
    return { status: [...batch.status], troubles: batch.troubles, novelty: rows.map(() => NaN) };
  }
  const surprises = rows.map((_, row) => novelty.surprises((place) => batch.values[place][row]));
  const pValues = surprises.map((one, row) => (batch.status[row] === "refused" ? NaN : novelty.pValue(one)));
  const status = batch.status.map((one, row) => {
    if (one === "refused") return one;
    return pValues[row] <= novelty.limit || batch.lost[row] ? "unusual" : "ok";
  });
  const found = batch.troubles.filter(({ row }) => status[row] !== "ok");
  const told = new Set(found.map(({ row, column }) => JSON.stringify([row, column])));
  const strange = [...pValues.keys()].filter((row) => pValues[row] <= novelty.limit).slice(0, MOST_TROUBLES);
  for (const row of strange) {
    for (const [place, name] of novelty.strangest(surprises[row])) {
      if (told.has(JSON.stringify([row, name]))) continue;
      const because = reason(isMissing(batch.values[place][row]), pValues[row], novelty.data.rows);
      found.push({ row, column: name, value: shown(rows[row][name]), because });
    }
  }
  found.sort((one, other) => one.row - other.row);
  return { status, troubles: found.slice(0, MOST_TROUBLES), novelty: pValues };
}

function reason(isGone, pValue, count) {
  const what = isGone ? "few training rows lack it" : "such a cell is rare";
  if (pValue * (count + 1) < 1.5) return `${what}: none of ${grouped(count)} training rows is as strange as this row`;
  return `${what}: about 1 in ${grouped(1 / pValue)} training rows is as strange`;
}

/** A number rounded, halves to the even one, with commas at thousands. */
function grouped(value) {
  const below = Math.floor(value);
  const isUp = value - below > 0.5 || (value - below === 0.5 && below % 2 === 1);
  return String(isUp ? below + 1 : below).replace(/\B(?=(\d{3})+$)/g, ",");
}
