/** A graph at work in an ONNX runtime that the caller gives. */

import { MISSING_WORD } from "./cell.js";
import { BundleError, refused } from "./errors.js";
import { wellFormed } from "./unicode.js";

export const OUTPUT = "answer";
/** Rows are scored in multiples of this, the last one repeated: one row alone gives what it gives in a batch. */
const TOGETHER = 8;
/** Rows that are scored at a time. */
const ROWS_AT_A_TIME = 512;
const TOLERANCE = 1e-6;

/**
 * Scores rows with a graph, on one thread.
 */
export class Session {
  /**
   * @param {object} ort onnxruntime-node or onnxruntime-web
   * @param {object} session made by it
   * @param {number} outputs how many numbers the graph gives a row
   */
  constructor(ort, session, outputs) {
    Object.assign(this, { ort, session, outputs });
  }

  /**
   * A session on the bytes of a graph.
   * @throws {BundleError} the runtime does not take the graph
   */
  static async open(ort, content, outputs) {
    // At its fifth byte the runtime would take the file for a format of its own, whatever our reader takes it for.
    const mark = String.fromCharCode(...content.slice(4, 8));
    if (mark === "ORTM") throw refused("it bears the mark of another format", "the bundle's graph is refused");
    // No fusions beyond the basic ones: some runtimes fuse operators on float64 to ones that know float32 only.
    const level = { graphOptimizationLevel: "basic" };
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4, ...level };
    try {
      return new Session(ort, await ort.InferenceSession.create(content, options), outputs);
    } catch (error) {
      throw refused(firstLine(error), "the bundle's graph cannot be loaded");
    }
  }

  /**
   * The answers for rows that were read.
   * @param {import("./reader.js").Reader} reader
   * @param {object} batch as the reader gives it
   * @returns {Promise<number[][]>} (rows, outputs)
   */
  async score(reader, batch) {
    const answers = [];
    for (let start = 0; start < batch.rows; start += ROWS_AT_A_TIME) {
      answers.push(...(await this.#run(reader, batch, start, Math.min(start + ROWS_AT_A_TIME, batch.rows))));
    }
    return answers;
  }

  async #run(reader, batch, start, end) {
    const rows = Math.ceil((end - start) / TOGETHER) * TOGETHER;
    const feeds = this.#feeds(reader, batch, (row) => Math.min(start + row, end - 1), rows);
    let answer;
    try {
      answer = (await this.session.run(feeds, [OUTPUT]))[OUTPUT];
    } catch (error) {
      throw refused(firstLine(error), "the bundle's graph fails on these rows");
    }
    if (answer.dims.length !== 2 || answer.dims[0] !== rows || answer.dims[1] !== this.outputs) {
      throw new BundleError("the bundle's graph gives another number of answers than it was asked for");
    }
    const cells = Array.from(answer.data, Number);
    return Array.from({ length: end - start }, (_, row) => cells.slice(row * this.outputs, (row + 1) * this.outputs));
  }

  /** The graph's inputs: tensors by name; a block of no columns has none. */
  #feeds(reader, batch, placeOf, rows) {
    const { numbers, dates, words } = reader.blocks;
    const feeds = {};
    const laid = (places, array, cell) => {
      for (let row = 0; row < rows; row += 1) {
        const from = placeOf(row);
        places.forEach((place, at) => {
          array[row * places.length + at] = cell(batch.values[place][from]);
        });
      }
      return array;
    };
    const put = (name, kind, places, array, cell) => {
      feeds[name] = new this.ort.Tensor(kind, laid(places, array, cell), [rows, places.length]);
    };
    if (numbers.length) put("numbers", "float64", numbers, new Float64Array(rows * numbers.length), (one) => one);
    if (dates.length) {
      const size = rows * dates.length;
      put("dates", "int64", dates, new BigInt64Array(size), (one) => one ?? 0n);
      put("dates_missing", "bool", dates, new Uint8Array(size), (one) => Number(one === null));
    }
    if (words.length) put("words", "string", words, new Array(rows * words.length), asFed);
    return feeds;
  }
}

/**
 * A word as runtimes in JavaScript carry it: these end it at U+0000 and cannot encode half a surrogate pair, so either
 * becomes a mark that no training row has.
 */
function asFed(word) {
  if (word === MISSING_WORD) return word;
  const whole = wellFormed(word);
  return whole.includes("\0") ? whole.replaceAll("\0", "\ufffd\ufffd") : whole;
}

/**
 * Whether answers are finite and those that were expected, within 1e-6 relative to max(1, |expected|).
 * @param {number[][]} answers
 * @param {number[][]} expected
 */
export function agree(answers, expected) {
  if (answers.length !== expected.length) return false;
  return answers.every((row, at) =>
    row.every((one, place) => {
      const wanted = expected[at][place];
      return Number.isFinite(one) && Math.abs(one - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted));
    }),
  );
}

/** The first line of what a runtime says, whatever it throws. */
function firstLine(error) {
  return String(error?.message ?? error).trim().split("\n")[0].replace(/[^\x20-\x7e]/g, " ").slice(0, 300);
}
