/** Amounts: a number, or a tree of operations over the cells of a row; nothing in it can reach anything else. */

const leastOf = (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : b < a ? b : a);
const mostOf = (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : b > a ? b : a);

/** Operation → how many parts it has, and what it does to their values. */
const OPERATIONS = new Map([
  ["+", [2, (a, b) => a + b]],
  ["-", [2, (a, b) => a - b]],
  ["*", [2, (a, b) => a * b]],
  ["/", [2, (a, b) => (b === 0 ? NaN : a / b)]],
  ["negative", [1, (a) => -a]],
  ["min", [2, leastOf]],
  ["max", [2, mostOf]],
  ["abs", [1, Math.abs]],
]);
const ANSWERS = ["prediction", "actual"];
const MOST_DEPTH = 64;
const MOST_NODES = 500;

/**
 * Whether some JSON is an amount as we write them: a finite number, or a tree of known operations.
 * @param {unknown} data
 * @returns {boolean}
 */
export function isAmount(data) {
  let nodes = 0;
  const fits = (node, depth) => {
    nodes += 1;
    if (depth > MOST_DEPTH || nodes > MOST_NODES) return false;
    if (typeof node === "number") return Number.isFinite(node);
    if (node === null || typeof node !== "object") return false;
    if (Array.isArray(node)) {
      const known = OPERATIONS.get(node[0]);
      return known !== undefined && node.length === 1 + known[0] && node.slice(1).every((one) => fits(one, depth + 1));
    }
    const [[key, name] = [], more] = Object.entries(node);
    if (more || typeof name !== "string" || !name) return false;
    return key === "column" || (key === "answer" && ANSWERS.includes(name));
  };
  return fits(data, 1);
}

/** The names of the columns that an amount reads, or the answers: by the key under which they stand in it. */
export function namesIn(data, key) {
  if (Array.isArray(data)) return data.slice(1).flatMap((one) => namesIn(one, key));
  return data !== null && typeof data === "object" && Object.hasOwn(data, key) ? [data[key]] : [];
}

/**
 * The value of an amount for one row; NaN where a cell that it reads is missing, or it has no finite value.
 * @param {number | object} data an amount that `isAmount` took
 * @param {Map<string, number>} cells
 * @param {{prediction?: number, actual?: number}} [answers]
 * @returns {number}
 */
export function amountOf(data, cells, answers = {}) {
  if (typeof data === "number") return data;
  if (!Array.isArray(data)) return Object.hasOwn(data, "column") ? cells.get(data.column) : answers[data.answer];
  const found = OPERATIONS.get(data[0])[1](...data.slice(1).map((one) => amountOf(one, cells, answers)));
  return Number.isFinite(found) ? found : NaN;
}
