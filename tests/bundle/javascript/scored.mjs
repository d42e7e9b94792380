/** What the JavaScript reader predicts for rows that came as JSON, as JSON again; for Node and for browsers. */

import { load } from "../../../journeyman/bundle/javascript/model.js";

/** A cell as JSON names it: what it cannot hold stands in an object of one name. */
function cellOf(told) {
  if (told === null || typeof told !== "object") return told;
  const [[kind, value]] = Object.entries(told);
  if (kind === "float") return { nan: NaN, inf: Infinity, "-inf": -Infinity }[value];
  if (kind === "int") return BigInt(value);
  return kind === "moment" ? new Date(value) : value;
}

/** JSON has no NaN. */
const plain = (_, value) => (typeof value === "number" && !Number.isFinite(value) ? null : value);

/**
 * Predict rows of one bundle, together, and the first of them once more, each alone.
 * @param {object} ort
 * @param {Object<string, Uint8Array>} files
 * @param {object[]} told rows as JSON holds them
 * @param {number} alone how many rows are predicted alone as well
 * @returns {Promise<string>} JSON: predictions, and those of single rows
 */
export async function scored(ort, files, told, alone) {
  const rows = told.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cellOf(cell)])));
  const model = await load(ort, files);
  const started = performance.now();
  const predictions = await model.predict(rows);
  const seconds = (performance.now() - started) / 1000;
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const single = [];
  for (const row of rows.slice(0, alone)) {
    // A table of one row that names every column.
    const whole = Object.fromEntries([...names].map((name) => [name, row[name]]));
    single.push((await model.predict([whole]))[0]);
  }
  return JSON.stringify({ predictions, single, seconds }, plain);
}
