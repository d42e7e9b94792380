/** The shared vectors, as the tests read them. */

import { readFileSync } from "node:fs";

const FOLDER = process.env.JOURNEYMAN_VECTORS ?? new URL("../vectors/", import.meta.url).pathname;

/** The content of a file of vectors. */
export const vectorsOf = (name) => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, "utf8"));

/** A cell as a vector names it: what JSON cannot hold stands in an object of one name. */
export function cellOf(told) {
  if (told === null || typeof told !== "object") return told;
  const [[kind, value]] = Object.entries(told);
  if (kind === "float") return { nan: NaN, inf: Infinity, "-inf": -Infinity }[value];
  if (kind === "int") return BigInt(value);
  if (kind === "moment") return new Date(value);
  return value;
}

/** A value that was read, as vectors hold it: missing is null, a date the digits of its microseconds. */
export function valueOf(found) {
  if (found === null || found === "\x1fmissing" || Number.isNaN(found)) return null;
  return typeof found === "bigint" ? found.toString() : found;
}
