/** How one cell is read, for each kind of column: a value, and whether the cell is ordinary, unusual or refused. */

import { dateReader } from "./date_cells.js";
import { flagReader, numberReader } from "./number_cells.js";
import { textReader, wordReader } from "./word_cells.js";

const READERS = new Map([
  ["number", numberReader],
  ["flag", flagReader],
  ["date", dateReader],
  ["text", textReader],
  ["category", wordReader],
]);

/**
 * The reader of one cell of a column.
 * @param {object} column as the manifest declares it
 * @returns {(cell: unknown) => [number | bigint | string | null, number]}
 */
export const cellReader = (column) => READERS.get(column.kind)(column);
