// What the model says of the row: in words, as a share of 100, with what to do.

import { amount, drawn, element, frequency, given, percent, signed } from "./words.js";

const MOST_CLASSES = 6;
const STATUS = { ok: "as in training", unusual: "unusual: take care", refused: "refused" };

/** Show an answer, and give what is read aloud of it. */
export function showAnswer(places, schema, answer, took) {
  places.answer.className = `card answer ${answer.status}`;
  const parts = answer.status === "refused" ? refused() : schema.classes.length ? classes(schema, answer) : number(schema, answer);
  places.says.replaceChildren(parts);
  places.decision.replaceChildren(...decision(schema, answer));
  places.troubles.replaceChildren(...troubles(answer));
  places.latency.textContent =
    `Answered in ${answer.milliseconds.toFixed(1)} ms by the service, ${took.toFixed(0)} ms with the way there and back. Model ${answer.model}.`;
  return [parts.dataset.spoken, answer.decision ? `Decision: ${answer.decision}.` : "", answer.status === "ok" ? "" : STATUS[answer.status]]
    .filter(Boolean)
    .join(" ");
}

function refused() {
  const box = element("div", "says", element("p", "big", "No answer"));
  box.append(element("p", "", "A cell cannot be read; the field says which and why."));
  box.dataset.spoken = "No answer: a cell cannot be read.";
  return box;
}

function classes(schema, answer) {
  const chances = new Map(schema.classes.map((label) => [label, answer.probabilities[label] ?? 0]));
  const isBinary = schema.classes.length === 2;
  const label = isBinary ? schema.positive : answer.prediction;
  const chance = chances.get(label) ?? 0;
  const box = element("div", "says", element("p", "big", given(schema.target, 60), ": ", given(answer.prediction, 60)));
  const said = frequency(chance);
  const sentence = element("p", "", `${said[0].toUpperCase()}${said.slice(1)} have `, given(schema.target, 60), " = ", given(label, 60), ".");
  box.append(sentence, dots(chance));
  box.dataset.spoken = `${schema.target}: ${answer.prediction}. ${said} have ${schema.target} = ${label}.`;
  if (answer.prediction_set && schema.coverage) box.append(sure(schema, answer.prediction_set));
  if (isBinary) return box;
  const ranked = [...chances].sort((one, other) => other[1] - one[1]);
  const bars = element("dl", "bars");
  for (const [name, share] of ranked.slice(0, MOST_CLASSES)) {
    const bar = element("span", "bar");
    bar.style.width = `${100 * share}%`;
    const kind = name === answer.prediction ? "now" : "";
    bars.append(element("dt", kind, given(name, 60)), element("dd", kind, bar), element("dd", kind, percent(share)));
  }
  const more = ranked.length - MOST_CLASSES;
  const whole = element("div", "", box, bars);
  if (more > 0) whole.append(element("p", "quiet small", `and ${more} less likely`));
  whole.dataset.spoken = box.dataset.spoken;
  return whole;
}

function sure(schema, set) {
  const line = element("p", "quiet small sure");
  const of = ` Of 100 such sets about ${Math.round(schema.coverage * 100)} hold the truth.`;
  if (set.length === 1) line.append("Set of possible classes: ", given(set[0]), " alone.", of);
  else if (set.length === schema.classes.length) line.append("Set of possible classes: all of them, so it cannot tell.", of);
  else line.append("Set of possible classes: ", ...set.flatMap((one, place) => (place ? [", ", given(one)] : [given(one)])), ".", of);
  return line;
}

function number(schema, answer) {
  const box = element("div", "says", element("p", "big", given(schema.target, 60), ": ", amount(answer.prediction)));
  box.dataset.spoken = `${schema.target}: ${amount(answer.prediction)}.`;
  const { low, high } = answer;
  if (low === undefined || low === null || high === null) return box;
  const share = Math.round(schema.coverage * 100);
  box.append(element("p", "", `Of 100 such rows about ${share} lie between ${amount(low)} and ${amount(high)}.`));
  box.dataset.spoken += ` ${share} of 100 such rows lie between ${amount(low)} and ${amount(high)}.`;
  const mark = element("span", "mark");
  mark.style.left = `${high > low ? (100 * (answer.prediction - low)) / (high - low) : 50}%`;
  const ends = element("div", "ends", element("span", "", amount(low)), element("span", "", amount(high)));
  const strip = element("div", "strip", element("div", "line", mark), ends);
  strip.setAttribute("aria-hidden", "true");
  const whole = element("div", "", box, strip);
  whole.dataset.spoken = box.dataset.spoken;
  return whole;
}

/** A hundred rows, and how many of them are so. */
function dots(chance) {
  const on = Math.round(chance * 100);
  const svg = drawn("svg", { viewBox: "0 0 100 100", class: "dots", "aria-hidden": "true" });
  for (let place = 0; place < 100; place += 1) {
    const at = { cx: 5 + 10 * (place % 10), cy: 5 + 10 * Math.floor(place / 10), r: 3.6 };
    svg.append(drawn("circle", { ...at, class: place < on ? "on" : "off" }));
  }
  return svg;
}

function decision(schema, answer) {
  if (answer.status === "refused") return [];
  const lines = [];
  if (answer.decision !== undefined && answer.decision !== null) {
    const line = element("p", "does", "Decision: ", element("b", "", given(answer.decision, 60)));
    const amounts = Object.entries(answer.amounts ?? {});
    const own = (answer.amounts ?? {})[answer.decision];
    if (own !== undefined) line.append(` – promises ${signed(own)} on average`);
    lines.push(line);
    const others = amounts.filter(([name]) => name !== answer.decision);
    if (own !== undefined && others.length) {
      const told = others.slice(0, 5).flatMap(([name, value], place) => [place ? " · " : "", given(name, 40), ` would be ${signed(value)}`]);
      lines.push(element("p", "quiet small instead", "Instead: ", ...told));
    }
  }
  if (answer.route) {
    const words = { automate: "the model may answer alone", person: "a person decides", audit: "a person decides, to check the model" };
    const line = element("p", "does", "Route: ", element("b", "", answer.route), ` – ${words[answer.route] ?? ""}`);
    lines.push(line);
  }
  return lines;
}

function troubles(answer) {
  const tag = element("p", "", element("span", `tag ${answer.status}`, STATUS[answer.status]));
  if (!answer.troubles) return [tag];
  const list = element("ul", answer.status);
  for (const one of answer.troubles.slice(0, 5)) {
    const line = element("li");
    if (one.column) line.append(element("b", "", given(one.column, 60)), one.value ? " " : "", one.value ? given(one.value, 60) : "", ": ");
    line.append(given(one.because, 300));
    list.append(line);
  }
  const more = answer.troubles.length - 5;
  if (more > 0) list.append(element("li", "", `and ${more} more`));
  return [tag, list];
}
