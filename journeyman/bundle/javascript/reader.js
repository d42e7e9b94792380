/** The reader: rows of cells → the graph's typed inputs, with the status of each row and what is odd in it. */

import { MISSING_WORD, OK, REFUSED, UNUSUAL } from "./cell.js";
import { cellReader } from "./cells.js";
import { InputError } from "./errors.js";

/** How many troubles a reading tells one by one. */
export const MOST_TROUBLES = 1000;
/** From this many rows on, half of a column's cells refused means that the column changed. */
const ENOUGH_ROWS = 5;
export const STATUS = ["ok", "unusual", "refused"];

/** The graph's inputs, and the kinds of the columns in each, in the order of the schema. */
const BLOCKS = { numbers: ["number", "flag"], dates: ["date"], words: ["category", "text"] };

/** Reads rows for a model: its feature columns, in the order of the schema. */
export class Reader {
  /** @param {object[]} columns as the manifest declares them */
  constructor(columns) {
    this.columns = columns;
    this.readers = columns.map(cellReader);
    /** Block → the places of its columns in the schema. */
    this.blocks = Object.fromEntries(
      Object.entries(BLOCKS).map(([block, kinds]) => [
        block,
        columns.flatMap((column, place) => (kinds.includes(column.kind) ? [place] : [])),
      ]),
    );
  }

  /**
   * Read rows.
   *
   * @param {object[]} rows column name → cell; a cell that is undefined is missing, other names are left alone
   * @returns {{rows: number, values: Array[], status: string[], lost: boolean[], troubles: object[]}} `values` by
   *   column: numbers (missing is NaN), bigints of microseconds (missing is null), or words
   * @throws {InputError} a column is in none of the rows, or is of another type now
   */
  batch(rows) {
    requireNames(this.columns, rows);
    const worst = new Array(rows.length).fill(OK);
    const lost = new Array(rows.length).fill(false);
    const troubles = [];
    const values = this.columns.map((column, place) => {
      const cells = rows.map((row) => (Object.hasOwn(row, column.name) ? row[column.name] : undefined));
      const [found, states] = readCells(this.readers[place], cells);
      requireType(column, cells, found, states);
      let told = 0;
      states.forEach((state, row) => {
        if (state === OK) return;
        worst[row] = Math.max(worst[row], state);
        lost[row] ||= state === UNUSUAL && isMissing(found[row]);
        if (told < MOST_TROUBLES) troubles.push(trouble(row, column, cells[row], state === REFUSED));
        told += 1;
      });
      return found;
    });
    troubles.sort((one, other) => one.row - other.row);
    const status = worst.map((state) => STATUS[state]);
    return { rows: rows.length, values, status, lost, troubles: troubles.slice(0, MOST_TROUBLES) };
  }
}

/** The values and states of the cells of one column; every distinct text is read once. */
function readCells(read, cells) {
  const known = new Map();
  const readings = cells.map((cell) => {
    if (typeof cell !== "string") return read(cell);
    if (!known.has(cell)) known.set(cell, read(cell));
    return known.get(cell);
  });
  return [readings.map(([value]) => value), readings.map(([, state]) => state)];
}

/** Whether a value that was read is missing. @param {number | bigint | string | null} value @returns {boolean} */
export const isMissing = (value) => value === null || value === MISSING_WORD || Number.isNaN(value);

function requireNames(columns, rows) {
  rows.forEach((row, place) => {
    if (row === null || typeof row !== "object" || Array.isArray(row)) {
      throw new InputError(`row ${place + 1} is no object of column names to cells`, {
        remedy: "give an array of objects",
        code: "not_a_table",
      });
    }
  });
  if (!rows.length) return;
  const missing = columns.map(({ name }) => name).filter((name) => !rows.some((row) => Object.hasOwn(row, name)));
  if (!missing.length) return;
  const listed = missing.slice(0, 5).map((name) => JSON.stringify(name)).join(", ") + (missing.length > 5 ? ", …" : "");
  const isOne = missing.length === 1;
  throw new InputError(isOne ? `column ${listed} is missing` : `columns ${listed} are missing`, {
    because: `the model was built with ${isOne ? "it" : "them"}`,
    remedy: "name the columns as the model does",
    code: "column_missing",
  });
}

/** Refuse a column in which so many cells cannot be read that it is another column now. */
function requireType(column, cells, values, states) {
  const refused = states.filter((state) => state === REFUSED).length;
  if (refused < 2) return;
  const there = states.filter((state, row) => state !== OK || !isMissing(values[row])).length;
  if (cells.length >= ENOUGH_ROWS ? refused * 2 < there : refused !== there) return;
  const row = states.indexOf(REFUSED);
  throw new InputError(
    `column ${JSON.stringify(column.name)} has changed: row ${row + 1} holds ${JSON.stringify(shown(cells[row]))}`,
    {
      because: `${refused} of ${there} cells are no ${column.kind}, as it was when the model was built`,
      remedy: "give the column as it was then",
      code: "type_changed",
    },
  );
}

/** A cell as it was given, as text that is not too long; numbers as JavaScript writes them. */
export function shown(cell) {
  if (cell === null || cell === undefined) return "";
  const text = typeof cell === "boolean" ? (cell ? "True" : "False") : asText(cell);
  const marks = [...text];
  return marks.length <= 80 ? text : `${marks.slice(0, 79).join("")}…`;
}

function asText(cell) {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString();
  return typeof cell === "object" ? (JSON.stringify(cell) ?? "") : String(cell);
}

const BECAUSE = {
  number: () => "it is not a number",
  flag: (column) => `it is none of ${[...column.true_words, ...column.false_words].join(", ") || "true, false"}`,
  date: (column) => `it is not a date in the format ${column.date_format}`,
};

function trouble(row, column, cell, isRefused) {
  let because = "training never met this level";
  if (isRefused) because = BECAUSE[column.kind]?.(column) ?? "it is neither text nor a number";
  else if (column.kind === "number" || column.kind === "date") because = "it is outside the range of the training rows";
  return { row, column: column.name, value: shown(cell), because };
}
