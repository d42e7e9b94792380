/** The manifest: what a bundle is, how rows are read, how it decides, its files' digests. None of it is trusted. */

import { isUnit } from "./amounts.js";
import { isDateFormat } from "./date_formats.js";
import { wrongWithRule } from "./decision.js";
import { BundleError, refused } from "./errors.js";
import { SHARES } from "./profile.js";
import { wellFormed } from "./unicode.js";

export const FORMAT = 1;
export const [MANIFEST, GRAPH, CARD, CASES] = ["manifest.json", "model.onnx", "card.md", "cases.json"];
/** A signature of the manifest; many bundles have none. */
export const SIGNATURE = "signature.json";
/** Largest size of each file in bytes. */
export const LIMITS = {
  [MANIFEST]: 1 << 24,
  [GRAPH]: 1 << 27,
  [CARD]: 1 << 20,
  [CASES]: 1 << 24,
  [SIGNATURE]: 1 << 12,
};
const MOST_COLUMNS = 100_000;
const MOST_CLASSES = 4096;
const MOST_GOLDEN_ROWS = 64;
const MOST_FORMATS = 8;
const MOST_DEPTH = 200;
/** Dates are microseconds in 64 bits. */
const MOST_TIME = 2 ** 62;

/** What a column says, as it is where nothing else is said. */
const COLUMN = {
  name: "", kind: "number", role: "feature", unit: "", sure: 1, reason: "", role_reason: "", missing: [], decimal: ".",
  thousands: "", groups: "thousands", other_units: [], notation: "plain", ranges: "refused", date_format: "iso",
  date_formats: [], true_words: [], false_words: [], numeric_spelling: false, terms: "words", spaces: "kept",
  case: "kept", levels: [], low: null, high: null,
};
/** What a column did not say in the first manifests. */
const LATER = ["terms", "spaces", "case", "groups", "other_units", "notation", "ranges", "date_formats"];
/** What a column may say in a word: the words. */
const CHOICES = {
  kind: ["number", "flag", "date", "category", "text"],
  role: ["feature", "target", "entity", "time", "weight", "incumbent", "ignored"],
  decimal: [".", ",", ".,"],
  terms: ["words", "characters", "items"],
  spaces: ["kept", "single"],
  case: ["kept", "ignored"],
  groups: ["thousands", "lakhs"],
  notation: ["plain", "feet", "clock"],
  ranges: ["refused", "middle"],
};

const isText = (value) => typeof value === "string";
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const areTexts = (value) => Array.isArray(value) && value.every(isText);
const areNumbers = (value) => Array.isArray(value) && value.every(Number.isFinite);
const isShare = (value) => Number.isFinite(value) && value >= 0 && value <= 1;
const rises = (values, isStrict) =>
  values.every((one, at) => !at || values[at - 1] < one || (!isStrict && values[at - 1] === one));
const hasOnly = (value, names) => isObject(value) && Object.keys(value).sort().join() === [...names].sort().join();

function require(condition, otherwise) {
  if (!condition) throw refused(otherwise);
}

/**
 * Read a manifest.
 * @param {Uint8Array} content
 * @returns {object} the JSON object, its columns with all that columns say
 * @throws {BundleError} it is no JSON, of another format, or says what no manifest of ours says
 */
export function readManifest(content) {
  const data = parsed(content);
  require(isObject(data), "it is no JSON object");
  if (data.format !== FORMAT) {
    throw new BundleError(`the bundle is of format ${JSON.stringify(data.format)?.slice(0, 20)}`, {
      because: `this reader reads format ${FORMAT}`,
      remedy: "take the reader of the version that wrote it, or build again",
    });
  }
  const { task, classes } = data;
  require(["binary", "multiclass", "regression"].includes(task), "its task is unknown");
  for (const name of ["target", "positive", "metric"]) require(isText(data[name]), `its ${name} is no text`);
  require(areTexts(classes), "its classes are no list of texts");
  const areDistinct = new Set(classes).size === classes.length;
  require(areDistinct && classes.length <= MOST_CLASSES, "a class is named twice, or there are too many");
  require(task === "regression" ? !classes.length : classes.length >= 2, "its classes do not fit its task");
  const isSecond = classes.length === 2 && data.positive === classes[1];
  require(task !== "binary" || isSecond, "its positive class is not the second of two");
  const columns = columnsOf(data.schema);
  require(columns.length > 0, "its schema is no list of columns");
  const outputs = task === "multiclass" ? classes.length : 1;
  require(data.outputs === outputs, "its number of outputs does not fit its task");
  requireGolden(data.golden, columns, outputs);
  requireFiles(data.files);
  const ruleColumns = columnsOf(data.rule_columns ?? []);
  requireRule(data.decision ?? null, classes, ruleColumns);
  requireUncertainty(data.uncertainty ?? null, classes);
  requireNovelty(data.novelty ?? null, columns);
  requireRouter(data.router ?? null, classes);
  requireLabelRule(data.label_rule ?? null, classes);
  return { ...data, columns, rule_columns: ruleColumns };
}

function parsed(content) {
  let data;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    require(/^[\x00-\x7f]*$/.test(text), "it is no JSON that we write");
    data = JSON.parse(text);
    requireSoundNames(text);
    // Half a surrogate pair can be escaped in JSON, but neither printed nor given to the graph.
    const whole = JSON.stringify(data).replace(/\\\\/g, "");
    require(!/\\ud[89a-f]/i.test(whole) && wellFormed(whole) === whole, "it is no JSON that we write");
  } catch (error) {
    if (error instanceof BundleError) throw error;
    throw refused("it is no JSON that we write");
  }
  return data;
}

/** Refuse an object in which a name comes twice, and what is nested too deep; the text is JSON. */
function requireSoundNames(text) {
  const open = [];
  for (const [token, name, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") {
      open.push(new Set());
      require(open.length <= MOST_DEPTH, "it is no JSON that we write");
    } else if (token === "}" || token === "]") open.pop();
    else if (colon) {
      const key = JSON.parse(name);
      require(!open.at(-1).has(key), "it is no JSON that we write");
      open.at(-1).add(key);
    }
  }
}

function columnsOf(data) {
  require(Array.isArray(data) && data.length <= MOST_COLUMNS, "its schema is no list of columns");
  const columns = data.map(columnOf);
  require(new Set(columns.map(({ name }) => name)).size === columns.length, "two of its columns have one name");
  return columns;
}

function columnOf(data) {
  require(isObject(data), "a column of its schema is not one that we write");
  const later = Object.fromEntries(LATER.map((name) => [name, COLUMN[name]]));
  const column = { ...later, ...data };
  require(hasOnly(column, Object.keys(COLUMN)), "a column of its schema is not one that we write");
  for (const [name, usual] of Object.entries(COLUMN)) {
    const value = column[name];
    let fits = typeof value === typeof usual;
    if (name === "low" || name === "high") fits = value === null || Number.isFinite(value);
    else if (Array.isArray(usual)) fits = areTexts(value);
    require(fits, `a column's ${name} is not what we write`);
  }
  for (const [name, known] of Object.entries(CHOICES)) {
    require(known.includes(column[name]), `a column's ${name} is not what we write`);
  }
  const isTime = (one) => one === null || Math.abs(one) < MOST_TIME;
  require(column.kind !== "date" || [column.low, column.high].every(isTime), "a column's dates are beyond all time");
  require([...column.thousands].length <= 1, "a column's marks are not what we write");
  require(column.other_units.every(isUnit), "a column's other units are not what we write");
  const formats = [column.date_format, ...column.date_formats];
  require(formats.length <= MOST_FORMATS && formats.every(isDateFormat), "a column's date format is unknown");
  return column;
}

function requireGolden(data, columns, outputs) {
  require(hasOnly(data, ["cells", "answers"]), "it has no golden rows");
  const { cells, answers } = data;
  const rows = Array.isArray(answers) ? answers.length : 0;
  require(rows > 0 && rows <= MOST_GOLDEN_ROWS, "it has no golden answers, or too many");
  const fit = answers.every((row) => areNumbers(row) && row.length === outputs);
  require(fit, "its golden answers have another number of outputs");
  require(hasOnly(cells, columns.map(({ name }) => name)), "golden rows lack a column");
  for (const column of Object.values(cells)) {
    require(Array.isArray(column) && column.length === rows, "golden rows and answers differ in number");
    require(column.every((one) => one === null || typeof one !== "object"), "a golden cell is neither text nor number");
  }
}

function requireFiles(data) {
  const told = isObject(data) ? Object.keys(data).filter((name) => name !== CASES).sort().join() : "";
  require(told === [CARD, GRAPH].sort().join(), "it does not tell the digests of its files");
  for (const [name, one] of Object.entries(data)) {
    require(hasOnly(one, ["sha256", "bytes"]), `it does not tell the digest of ${name}`);
    require(isText(one.sha256) && /^[0-9a-f]{64}$/.test(one.sha256), "a digest is none");
    const fits = Number.isSafeInteger(one.bytes) && one.bytes >= 0 && one.bytes <= LIMITS[name];
    require(fits, `the size of ${name} is out of bounds`);
  }
}

function requireRule(data, classes, columns) {
  const kinds = columns.every(({ kind }) => kind === "number" || kind === "flag");
  require(kinds, "its decision rule reads what is no number");
  if (data === null) {
    require(!columns.length, "its decision rule reads other columns than it says");
    return;
  }
  const wrong = wrongWithRule(data, classes);
  require(!wrong, `its decision rule is not one that we write: ${wrong}`);
}

function requireUncertainty(data, classes) {
  if (data === null) return;
  require(isObject(data) && isShare(data.nominal), "its uncertainty states no share of rows");
  if (classes.length) {
    require(hasOnly(data, ["kind", "nominal", "least"]) && data.kind === "set", "its uncertainty is no rule of sets");
    const fits = areNumbers(data.least) && data.least.length === classes.length && data.least.every(isShare);
    require(fits, "its uncertainty does not fit its classes");
    return;
  }
  const names = ["kind", "nominal", "cuts", "low", "high", "floor"];
  require(hasOnly(data, names) && data.kind === "spread", "its uncertainty has no bounds of numbers");
  require([data.cuts, data.low, data.high].every(areNumbers), "its uncertainty holds no numbers");
  const fit = data.low.length === data.cuts.length + 1 && data.high.length === data.low.length;
  require(fit && rises(data.cuts, true), "its uncertainty has bins that do not fit its bounds");
  const within = data.low.every((one) => one <= 0) && data.high.every((one) => one >= 0);
  require(within, "its uncertainty has bounds that leave a prediction out");
  require(data.floor === null || Number.isFinite(data.floor), "its uncertainty has a floor that is no number");
}

function requireNovelty(data, columns) {
  if (data === null) return;
  const names = ["share", "rows", "profiles", "start", "scale", "scores", "stranger"];
  require(hasOnly(data, names), "its novelty is not one that we write");
  const { share, rows, profiles, start, scale, scores, stranger } = data;
  require(Number.isSafeInteger(rows) && rows > 0 && isShare(share) && share > 0, "its novelty stands on no rows");
  require(areNumbers([start, scale]), "its novelty has a scale that is none");
  const areScores = areNumbers(scores) && scores.length > 0 && rises(scores, true);
  require(areScores, "its novelty has scores that do not rise");
  const areCounts = areNumbers(stranger) && stranger.length === scores.length && rises([...stranger].reverse(), false);
  require(areCounts && stranger.every((one) => one >= 0 && one <= rows), "its novelty counts rows that are not there");
  require(isObject(profiles), "its novelty has no profiles");
  const kinds = new Map(columns.map(({ name, kind }) => [name, kind]));
  for (const [name, profile] of Object.entries(profiles)) {
    requireProfile(profile);
    const isLevels = profile.kind === "levels";
    require(kinds.has(name) && isLevels === (kinds.get(name) === "category"), "its novelty does not fit its columns");
  }
}

function requireProfile(data) {
  require(isObject(data), "a profile of a column is no object");
  require(Number.isSafeInteger(data.rows) && data.rows > 0, "a profile of a column stands on no rows");
  require(isShare(data.missing), "a profile of a column holds a share that is none");
  if (data.kind === "number") {
    const { quantiles } = data;
    const fit = areNumbers(quantiles) && quantiles.length === SHARES.length && rises(quantiles, false);
    require(fit && Number.isFinite(quantiles.at(-1) - quantiles[0]), "a profile of numbers is not one that we write");
    return;
  }
  const areLevels = data.kind === "levels" && areNumbers(data.shares);
  const areShares = areLevels && [...data.shares, data.rest, data.once].every(isShare);
  require(areShares, "a profile of a column is not one that we write");
}

function requireLabelRule(data, classes) {
  if (data === null) return;
  require(hasOnly(data, ["scale", "shift"]), "its rule of labels is not one that we write");
  const fit = [data.scale, data.shift].every((one) => areNumbers(one) && one.length === classes.length);
  require(fit, "its rule of labels does not hold a number for each class");
  const isLikely = data.scale.every((one) => one >= 0) && data.scale.some((one) => one > 0);
  require(isLikely, "its rule of labels names what is improbable");
}

function requireRouter(data, classes) {
  if (data === null) return;
  require(hasOnly(data, ["thresholds", "audit_share", "seed", "promise"]), "its router is not one that we write");
  const { thresholds } = data;
  const fit = Array.isArray(thresholds) && classes.length > 0 && thresholds.length === classes.length;
  require(fit, "its router does not fit its classes");
  const areShares = thresholds.every((one) => one === null || isShare(one)) && isShare(data.audit_share);
  require(areShares && isText(data.promise), "its router holds what is no share");
  // Larger whole numbers are valid in a manifest, but JavaScript does not read them exactly.
  const isExact = Number.isSafeInteger(data.seed) && data.seed >= 0;
  require(isExact, "its router's seed is no whole number from 0 to 2^53, which is what this reader knows");
}
