/** The page: loads the bundle beside it, asks for its columns, and answers. All text from the bundle stays text. */

import { load } from "./reader/model.js";
import * as ort from "./runtime/runtime.js";

const FILES = ["manifest.json", "model.onnx", "card.md"];
/** Of a category with more levels than this, they are offered, and others may be typed. */
const MOST_CHOICES = 12;
const MOST_OFFERED = 200;

const at = (id) => document.getElementById(id);

/** An element with text in it and properties on it. */
function made(name, text = "", more = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  return Object.assign(element, more);
}

async function fileOf(name) {
  const answer = await fetch(`bundle/${name}`);
  if (!answer.ok) throw new Error(`bundle/${name} cannot be read (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function start() {
  const beside = (name) => new URL(`runtime/${name}`, import.meta.url).href;
  const wasmPaths = { mjs: beside("loader.js"), wasm: beside("runtime.wasm") };
  Object.assign(ort.env.wasm, { numThreads: 1, proxy: false, wasmPaths });
  const bytes = await Promise.all(FILES.map(fileOf));
  const model = await load(ort, Object.fromEntries(FILES.map((name, place) => [name, bytes[place]])));
  const asked = new Map([...model.columns, ...model.manifest.rule_columns].map((column) => [column.name, column]));
  const cells = model.manifest.golden.cells;
  const fields = [...asked.values()].map((column, place) => {
    // No text is typical.
    const isKnown = column.kind !== "text" && Object.hasOwn(cells, column.name);
    return fieldOf(column, place, isKnown ? cells[column.name][0] : null);
  });
  at("fields").append(...fields.map(({ element }) => element));
  document.title = `Predict ${model.target}`;
  at("title").textContent = `Predict ${model.target}`;
  at("about").textContent = "What is left empty counts as missing. A made-up typical case is filled in.";
  at("form").hidden = false;
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    answer(model, Object.fromEntries(fields.map(({ name, value }) => [name, value()]))).catch(fail);
  });
}

/** The field of a column: its element, and what stands in it. */
function fieldOf(column, place, typical) {
  const id = `field-${place}`;
  const hint = hintOf(column);
  const label = made("label", column.unit ? `${column.name} (${column.unit})` : column.name, { htmlFor: id });
  const input = inputOf(column, id);
  input.id = id;
  input.value = typical === null ? "" : typicalOf(column, typical);
  const element = made("div");
  element.append(label, input);
  if (column.kind === "category" && input.tagName === "INPUT") element.append(offered(column, id));
  if (hint) {
    element.append(made("p", hint, { id: `${id}-hint`, className: "hint" }));
    input.setAttribute("aria-describedby", `${id}-hint`);
  }
  return { name: column.name, element, value: () => (input.value === "" ? null : input.value) };
}

function inputOf(column, id) {
  const levels = column.kind === "flag" ? flagWords(column) : column.kind === "category" ? column.levels : [];
  if (levels.length && levels.length <= MOST_CHOICES) {
    const select = made("select");
    const options = levels.map((level) => made("option", level, { value: level }));
    select.append(made("option", "(missing)", { value: "" }), ...options);
    return select;
  }
  if (column.kind === "text") return made("textarea");
  const input = made("input", "", { type: "text", autocomplete: "off" });
  if (column.kind === "number" && column.notation === "plain") input.inputMode = "decimal";
  if (column.kind === "category") input.setAttribute("list", `${id}-levels`);
  return input;
}

function offered(column, id) {
  const list = made("datalist", "", { id: `${id}-levels` });
  list.append(...column.levels.slice(0, MOST_OFFERED).map((level) => made("option", "", { value: level })));
  return list;
}

const flagWords = (column) => [column.true_words[0] ?? "true", column.false_words[0] ?? "false"];

/** A made-up typical cell as a person would type it. */
function typicalOf(column, cell) {
  if (typeof cell === "boolean") return flagWords(column)[cell ? 0 : 1];
  if (typeof cell !== "number") return cell;
  const plain = String(Number(cell.toPrecision(4)));
  return column.decimal === "," ? plain.replace(".", ",") : plain;
}

function hintOf(column) {
  if (column.kind === "date") return `a date, as the model reads it: ${column.date_format}`;
  if (column.kind !== "number") return "";
  const range = [column.low, column.high].map((one) => (one === null ? null : Number(one.toPrecision(4))));
  return range.includes(null) ? "a number" : `a number; from ${range[0]} to ${range[1]} in training`;
}

async function answer(model, row) {
  at("wrong").textContent = "";
  const [found] = await model.predict([row]);
  const says = [made("p", told(model, found), { className: "big" })];
  if (found.low !== undefined && found.status !== "refused") {
    says.push(made("p", `${share(model)} of such rows lie between ${number(found.low)} and ${number(found.high)}.`));
  }
  if (found.predictionSet) {
    says.push(made("p", `With ${share(model)} coverage it is one of: ${found.predictionSet.join(", ")}.`));
  }
  if (found.decision) says.push(made("p", `Decision: ${found.decision === "none" ? "do nothing" : found.decision}.`));
  if (found.route) says.push(made("p", `Who decides: ${found.route}.`));
  if (found.probabilities && found.status !== "refused") says.push(tableOf(found.probabilities));
  if (found.status !== "ok") {
    says.push(made("p", STATUS[found.status], { className: found.status }), listOf(found.troubles));
  }
  at("says").replaceChildren(...says);
  at("answer").hidden = false;
}

const STATUS = {
  unusual: "This row is unusual: the model has learnt from few rows like it, or from none.",
  refused: "There is no answer for this row: a cell cannot be read.",
};

const told = (model, found) =>
  found.status === "refused" ? `${model.target}: no answer` : `${model.target}: ${shownAnswer(found.prediction)}`;
const shownAnswer = (prediction) => (typeof prediction === "number" ? number(prediction) : prediction);
const number = (value) => Number(value.toPrecision(6)).toLocaleString("en");
const percent = (value) => `${(100 * value).toFixed(1)} %`;
const share = (model) => `${Number((100 * model.manifest.uncertainty.nominal).toPrecision(4))} %`;

function tableOf(probabilities) {
  const table = made("table");
  table.append(made("caption", "How probable each answer is"));
  for (const [label, chance] of Object.entries(probabilities)) {
    const row = made("tr");
    row.append(made("th", label, { scope: "row" }), made("td", percent(chance)));
    table.append(row);
  }
  return table;
}

function listOf(troubles) {
  const list = made("ul");
  const told = troubles.map(({ column, value, because }) => [column, value, because].filter(Boolean).join(": "));
  list.append(...told.map((text) => made("li", text)));
  return list;
}

function fail(error) {
  at("wrong").textContent = `This does not work: ${error.message}`;
  if (at("form").hidden) at("about").textContent = "The model could not be loaded.";
}

start().catch(fail);
