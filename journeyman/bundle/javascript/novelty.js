/** How strange a row is beside the rows that a model was built from: a p-value, and the cells that make it so. */

import { MISSING_WORD, TERM_END } from "./cell.js";
import { NumberSurprise, levelSurprise } from "./profile.js";

/** How much a surprise counts that is not above the ordinary. */
const FAINT = 0.01;
/** A cell that gives so much of a row's score is named as the reason; at most so many are. */
const NAMED_SHARE = 0.2;
const MOST_NAMED = 3;
const BLOCKS = [["number", "flag"], ["date"], ["category", "text"]];

/** The profiles of a manifest, made ready for the columns of a model. */
export class Novelty {
  /**
   * @param {object} data as the manifest holds it
   * @param {object[]} columns the feature columns; those without a profile do not count
   */
  constructor(data, columns) {
    this.data = data;
    const profiles = new Map(Object.entries(data.profiles));
    /** Of so many cells, the largest surprise is about this. */
    this.ordinary = Math.log(Math.max(profiles.size, 1));
    const places = BLOCKS.flatMap((kinds) =>
      columns.flatMap((column, place) => (kinds.includes(column.kind) && profiles.has(column.name) ? [place] : [])),
    );
    this.meters = places.map((place) => {
      const column = columns[place];
      return { place, name: column.name, surprise: meter(profiles.get(column.name), column) };
    });
  }

  /** The p-value from which on down a row is unusual. */
  get limit() {
    return Math.max(this.data.share, 1 / (this.data.rows + 1));
  }

  /** The surprise of each cell of a row that is looked at. @param {(place: number) => any} value @returns {number[]} */
  surprises(value) {
    return this.meters.map(({ place, surprise }) => surprise(value(place)));
  }

  /** The share of training rows that are as strange as a row with such surprises. */
  pValue(surprises) {
    const { rows, scores, stranger, start, scale } = this.data;
    let [largest, total] = [0, 0];
    for (const surprise of surprises) {
      largest = Math.max(largest, surprise);
      total += this.#counts(surprise);
    }
    const score = Math.max(largest, start + scale * total) + FAINT * total;
    let [below, end] = [0, scores.length];
    while (below < end) {
      const middle = (below + end) >> 1;
      if (scores[middle] < score) below = middle + 1;
      else end = middle;
    }
    return (1 + (below ? stranger[below - 1] : rows)) / (rows + 1);
  }

  /** The columns that give most of a row's score, most first: [place, name]. */
  strangest(surprises) {
    const parts = surprises.map((one) => this.#counts(one));
    const enough = NAMED_SHARE * parts.reduce((sum, one) => sum + one, 0);
    return [...parts.keys()]
      .sort((one, other) => parts[other] - parts[one])
      .slice(0, MOST_NAMED)
      .filter((at, order) => !order || parts[at] >= enough)
      .map((at) => [this.meters[at].place, this.meters[at].name]);
  }

  #counts(surprise) {
    return Math.max(surprise - this.ordinary, 0) + FAINT * surprise;
  }
}

/** The surprise of a cell of a column, as it was read. */
function meter(profile, column) {
  if (profile.kind === "levels") {
    const { known, unseen, missing } = levelSurprise(profile, column.levels);
    return (word) => (word === MISSING_WORD ? missing : (known.get(word) ?? unseen));
  }
  const numbers = new NumberSurprise(profile);
  if (column.kind === "text") {
    return (word) => (word === MISSING_WORD ? numbers.missing : numbers.of(word ? word.split(TERM_END).length : 0));
  }
  if (column.kind === "date") return (at) => (at === null ? numbers.missing : numbers.of(Number(at)));
  return (cell) => (Number.isNaN(cell) ? numbers.missing : numbers.of(cell));
}
