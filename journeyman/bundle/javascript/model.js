/** A bundle, loaded: rows in, predictions out. The twin of `journeyman.load` for Node and for browsers. */

import { Decider } from "./decision.js";
import { BundleError, refused } from "./errors.js";
import { placeOf } from "./label_rule.js";
import { GRAPH, LIMITS, MANIFEST, SIGNATURE, readManifest } from "./manifest.js";
import { Novelty } from "./novelty.js";
import { MOST_TROUBLES, Reader } from "./reader.js";
import { routeOf } from "./router.js";
import { Session, agree } from "./session.js";
import { readSignature, requireSigned } from "./signature.js";
import { boundsOf, labelsOf } from "./uncertainty.js";
import { judged } from "./unusual.js";

/**
 * Load a bundle.
 *
 * In this order: sizes, the signature where one is required, the manifest, the digest of each file, the graph, and
 * golden rows, which must be answered as they were when the bundle was written. Nothing in a bundle can run code; but
 * the graph is not audited node by node, as Python's reader does, so in Node load only bundles from people whom you
 * trust: with a signature you know that it is theirs.
 *
 * @param {object} ort onnxruntime-node or onnxruntime-web, as imported by the caller
 * @param {Object<string, Uint8Array>} files name → bytes: manifest.json, model.onnx, and any other file of the bundle
 * @param {{requireSignature?: string}} [options] the public key whose holder must have signed the bundle, as it stands
 *   in its file
 * @returns {Promise<Model>}
 * @throws {BundleError} it is no bundle, a damaged or foreign one, or not signed as required
 */
export async function load(ort, files, { requireSignature } = {}) {
  for (const [name, content] of Object.entries(files)) {
    const isOurs = Object.hasOwn(LIMITS, name);
    if (!isOurs) throw refused(`it holds ${JSON.stringify(name)}, which no bundle does`, "it is no bundle");
    const isTooLarge = !(content instanceof Uint8Array) || content.byteLength > LIMITS[name];
    if (isTooLarge) throw refused(`${name} is no bytes, or more than ${LIMITS[name]} of them`, "it is no bundle");
  }
  for (const name of [MANIFEST, GRAPH]) {
    if (!Object.hasOwn(files, name)) throw refused(`it holds no ${name}`, "it is no bundle");
  }
  if (Object.hasOwn(files, SIGNATURE)) readSignature(files[SIGNATURE]);
  if (requireSignature !== undefined) await requireSigned(files[MANIFEST], files[SIGNATURE], requireSignature);
  const manifest = readManifest(files[MANIFEST]);
  for (const [name, content] of Object.entries(files)) {
    if (name === MANIFEST || name === SIGNATURE) continue;
    const told = manifest.files[name];
    if (!told || content.byteLength !== told.bytes || (await digestOf(content)) !== told.sha256) {
      const happened = `${name} is not the file that the bundle was written with`;
      throw refused("its digest differs from the one in the manifest", happened);
    }
  }
  const outputs = manifest.outputs;
  const model = new Model(manifest, await Session.open(ort, files[GRAPH], outputs));
  await model.checkGolden();
  return model;
}

async function digestOf(content) {
  if (!globalThis.crypto?.subtle) {
    throw new BundleError("digests cannot be checked", {
      because: "browsers offer SHA-256 to pages from https and from this machine only",
      remedy: "serve the page over https, or from 127.0.0.1",
    });
  }
  const digest = await globalThis.crypto.subtle.digest("SHA-256", content);
  return [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** A deployed model. A row is answered the same alone and in any batch. Make one with `load`. */
export class Model {
  /**
   * @param {object} manifest as `readManifest` gives it
   * @param {Session} session
   */
  constructor(manifest, session) {
    this.manifest = manifest;
    this.session = session;
    const { columns, classes, decision: rule } = manifest;
    this.reader = new Reader(columns);
    this.novelty = manifest.novelty ? new Novelty(manifest.novelty, columns) : null;
    const features = new Set(columns.map(({ name }) => name));
    // How far out a feature is is told with the whole row.
    const isTold = ({ name }) => this.novelty !== null && features.has(name);
    const read = manifest.rule_columns.map((one) => (isTold(one) ? { ...one, low: null, high: null } : one));
    this.decider = rule ? new Decider(rule, read, [...features], classes) : null;
  }

  /** "binary", "multiclass" or "regression". */
  get task() {
    return this.manifest.task;
  }

  /** What is predicted. */
  get target() {
    return this.manifest.target;
  }

  /** The columns that it reads, as the manifest declares them. */
  get columns() {
    return this.manifest.columns;
  }

  /** Class labels, for binary tasks the positive class last; empty for numbers. */
  get classes() {
    return this.manifest.classes;
  }

  /**
   * Predict rows.
   *
   * Each row comes back as an object: `answers` (what the graph gives, NaN where refused), `prediction` (a label, or a
   * number; null or NaN where refused), `probabilities` (by label; null for numbers), `low` and `high`,
   * `predictionSet`, `decision` and `route` where the bundle states them, `novelty` (a p-value, NaN where it is not
   * known), `status` ("ok", "unusual" or "refused") and `troubles` ({column, value, because}; the first 1,000 of all).
   *
   * @param {object[]} rows column name → string, number, boolean, bigint, Date, null or undefined
   * @returns {Promise<object[]>}
   * @throws {import("./errors.js").InputError} a column is in none of the rows, or is of another type now
   */
  async predict(rows) {
    const batch = this.reader.batch(rows);
    const read = this.decider?.read(rows);
    const answers = await this.session.score(this.reader, batch);
    const { status, troubles, novelty } = judged(this.novelty, batch, this.columns, rows);
    let told = [...troubles];
    const noAnswer = [...answers.keys()].filter((row) => !answers[row].every(Number.isFinite));
    for (const row of noAnswer) status[row] = "refused";
    told.push(...noAnswer.slice(0, 10).map((row) => trouble(row, "the model has no finite answer for these cells")));
    const isRefused = status.map((one) => one === "refused");
    const kept = answers.map((answer, row) => (isRefused[row] ? answer.map(() => NaN) : answer));
    const known = kept.map((answer) => this.#known(answer));
    const found = kept.map((answer, row) => this.#answered(answer, known[row], isRefused[row]));
    if (this.decider) {
      const decided = this.decider.decide(known, read);
      found.forEach((one, row) => {
        one.decision = isRefused[row] ? null : decided.decisions[row];
        if ((read.unusual[row] || decided.lost[row]) && !isRefused[row]) status[row] = "unusual";
      });
      told = [...told, ...read.troubles, ...decided.troubles].sort((one, other) => one.row - other.row);
    }
    found.forEach((one, row) => {
      if (this.manifest.router) one.route = this.#route(batch, row, known[row], status[row]);
      Object.assign(one, { novelty: isRefused[row] ? NaN : novelty[row], status: status[row], troubles: [] });
    });
    for (const { row, column, value, because } of this.decider ? told.slice(0, MOST_TROUBLES) : told) {
      found[row].troubles.push({ column, value, because });
    }
    return found;
  }

  /**
   * Score the golden rows again.
   * @throws {BundleError} the answers are not those that the bundle was written with
   */
  async checkGolden() {
    const { cells, answers } = this.manifest.golden;
    const rows = answers.map((_, row) =>
      Object.fromEntries(Object.entries(cells).map(([name, column]) => [name, column[row]])),
    );
    if (agree(await this.session.score(this.reader, this.reader.batch(rows)), answers)) return;
    throw refused(
      "the graph, the manifest or the runtime computes something else now",
      "the bundle does not answer its golden rows as it did when it was written",
    );
  }

  /** What the decision goes by: the probability of each class, or the number. */
  #known(answer) {
    return this.task === "binary" ? [1 - answer[0], answer[0]] : answer;
  }

  #place(known) {
    const rule = this.manifest.label_rule ?? null;
    return rule ? placeOf(rule, known) : this.#likeliest(known);
  }

  #likeliest(known) {
    return this.task === "binary" ? Number(known[1] >= 0.5) : known.indexOf(Math.max(...known));
  }

  #answered(answer, known, isRefused) {
    const { classes, manifest } = this;
    const stated = manifest.uncertainty ?? null;
    if (this.task === "regression") {
      const found = { answers: answer, prediction: answer[0], probabilities: null };
      if (stated) [found.low, found.high] = boundsOf(stated, answer[0]);
      return found;
    }
    const place = this.#place(known);
    const probabilities = Object.fromEntries(classes.map((label, at) => [label, known[at]]));
    const found = { answers: answer, prediction: isRefused ? null : classes[place], probabilities };
    if (stated) found.predictionSet = isRefused ? null : labelsOf(stated, known, [this.#likeliest(known), place], classes);
    return found;
  }

  #route(batch, row, known, status) {
    const place = this.#place(known);
    const value = (column) => batch.values[column][row];
    return routeOf(this.manifest.router, place, known[place], status === "ok", this.reader.blocks, value);
  }
}

const trouble = (row, because) => ({ row, column: "", value: "", because });
