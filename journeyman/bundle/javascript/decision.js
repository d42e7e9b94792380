/** The decision rule: what outcomes are worth under each action, and the action that promises most. */

import { amountOf, isAmount, namesIn } from "./expression.js";
import { MOST_TROUBLES, Reader } from "./reader.js";

/** Doing nothing: always possible, and worth 0 whatever comes. */
const NO_ACTION = "none";
/** The one outcome of actions on a number. */
const ANY = "any";
const MISSING = "it is missing, and what an action is worth hangs on it";
const NO_AMOUNT = "what an action is worth cannot be computed from these cells";
const MOST_RESIDUALS = 99;

/**
 * Why the decision of a manifest is none of ours; empty where it is.
 * @param {unknown} data
 * @param {string[]} classes
 */
export function wrongWithRule(data, classes) {
  const known = ["actions", "cutoff", "is_for_numbers", "residuals"];
  if (!isObject(data) || !Array.isArray(data.actions) || !data.actions.length) return "it has no actions";
  if (!Object.keys(data).every((name) => known.includes(name))) return "it is not one that we write";
  if (Boolean(data.is_for_numbers) === classes.length > 0) return "it is not one for its target";
  const { cutoff = 0, residuals = [] } = data;
  if (!Number.isFinite(cutoff) || cutoff < 0) return "its cutoff is no amount from 0 on";
  const areFew = Array.isArray(residuals) && residuals.length <= MOST_RESIDUALS;
  if (!areFew || !residuals.every(Number.isFinite)) return "its residuals are no numbers, or too many";
  const names = new Set([NO_ACTION]);
  for (const action of data.actions) {
    const isPair = Array.isArray(action) && action.length === 2 && typeof action[0] === "string";
    if (!isPair || !action[0]) return "an action has no name";
    if (names.has(action[0])) return "an action is named twice";
    names.add(action[0]);
    if (!isObject(action[1])) return "an action has no amounts";
    for (const [outcome, amount] of Object.entries(action[1])) {
      if (!(classes.length ? classes : [ANY]).includes(outcome)) return "an outcome is none of the classes";
      if (!isAmount(amount)) return "an amount is not one that we write";
      if (classes.length && namesIn(amount, "answer").length) return "an amount reads what is known of numbers only";
    }
  }
  return "";
}

const isObject = (data) => data !== null && typeof data === "object" && !Array.isArray(data);

/** A decision rule with the reader of what its amounts read. */
export class Decider {
  /**
   * @param {object} rule as the manifest holds it
   * @param {object[]} columns what the amounts read, features of the model or not
   * @param {string[]} features of which the model's own reader tells what is odd
   * @param {string[]} classes empty where a number is predicted
   */
  constructor(rule, columns, features, classes) {
    this.actions = [[NO_ACTION, {}], ...rule.actions];
    this.cutoff = rule.cutoff ?? 0;
    this.residuals = rule.residuals ?? [];
    this.classes = classes;
    this.features = new Set(features);
    this.reader = columns.length ? new Reader(columns) : null;
  }

  /** Read what the amounts need: cells by name, where rows are odd, and why. */
  read(rows) {
    if (this.reader === null) return { cells: rows.map(() => new Map()), unusual: rows.map(() => false), troubles: [] };
    const batch = this.reader.batch(rows);
    const told = new Set(batch.troubles.map(({ row, column }) => JSON.stringify([row, column])));
    const unusual = batch.status.map((one) => one !== "ok");
    const troubles = batch.troubles.filter(({ column }) => !this.features.has(column));
    const names = this.reader.columns.map(({ name }) => name);
    names.forEach((name, place) => {
      let lost = 0;
      batch.values[place].forEach((value, row) => {
        if (!Number.isNaN(value)) return;
        unusual[row] = true;
        if (lost < MOST_TROUBLES && !told.has(JSON.stringify([row, name]))) {
          troubles.push({ row, column: name, value: "", because: MISSING });
        }
        lost += 1;
      });
    });
    const cells = rows.map((_, row) => new Map(names.map((name, place) => [name, batch.values[place][row]])));
    return { cells, unusual, troubles };
  }

  /**
   * The action of each row, and where what actions are worth could not be computed though all is there.
   * @param {number[][]} known the probability of each class, or the predicted number alone, by row
   * @param {object} read as `read` gives it
   */
  decide(known, read) {
    const decisions = [];
    const lost = known.map((answer, row) => {
      const promises = this.#promises(answer, read.cells[row]);
      const isWhole = promises.every(Number.isFinite);
      let [best, most] = [NO_ACTION, this.cutoff];
      promises.forEach((promised, place) => {
        if (isWhole && place && promised > most) [best, most] = [this.actions[place][0], promised];
      });
      decisions.push(best);
      return !isWhole && [...answer, ...read.cells[row].values()].every((one) => !Number.isNaN(one));
    });
    const without = lost.flatMap((isLost, row) => (isLost ? [{ row, column: "", value: "", because: NO_AMOUNT }] : []));
    return { decisions, lost, troubles: without.slice(0, MOST_TROUBLES) };
  }

  #promises(answer, cells) {
    if (!this.classes.length) {
      return this.actions.map(([, amounts]) => this.#spread(amounts[ANY] ?? 0, answer[0], cells));
    }
    const expected = this.actions.map(() => 0);
    this.classes.forEach((label, outcome) => {
      this.actions.forEach(([, amounts], place) => {
        const amount = Object.hasOwn(amounts, label) ? amounts[label] : 0;
        if (amount !== 0) expected[place] += answer[outcome] * amountOf(amount, cells);
      });
    });
    return expected;
  }

  /** What an action on a number is expected to be worth over the residuals. */
  #spread(amount, prediction, cells) {
    if (amount === 0) return 0;
    const hangs = namesIn(amount, "answer").includes("actual") && this.residuals.length;
    const residuals = hangs ? this.residuals : [0];
    let total = 0;
    for (const residual of residuals) total += amountOf(amount, cells, { prediction, actual: prediction + residual });
    return total / residuals.length;
  }
}
