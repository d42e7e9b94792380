// What the model would answer if one cell were another: a line over numbers and dates, bars over words.

import { amount, drawn, element, given, percent } from "./words.js";

const WIDTH = 400;
const HEIGHT = 220;
const LETTER = 6.6;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 34;

/** Draw a curve, with the same as a table for those who read it. */
export function showCurve(place, schema, curve) {
  const say = curve.label === null ? amount : percent;
  const what = element("p", "quiet small");
  if (curve.label === null) what.append("Predicted ", given(schema.target, 60), " by ", given(curve.column, 60));
  else what.append("Chance of ", given(curve.label, 60), " by ", given(curve.column, 60));
  const isLine = (curve.kind === "number" || curve.kind === "date") && curve.values.length > 1;
  const picture = isLine ? line(curve, say) : bars(curve, say);
  place.replaceChildren(what, picture, ...(isLine ? [table(curve, say)] : []));
}

function line(curve, say) {
  const values = curve.values.map(Number);
  // The very ends of the range may be far out; the picture shows what is usual, and where the row itself is.
  const inner = values.length > 6 ? values.slice(1, -1) : values;
  const low = Math.min(inner[0], curve.at ?? inner[0]);
  const high = Math.max(inner[inner.length - 1], curve.at ?? inner[0]);
  const shown = values.map((value, place) => [value, curve.answers[place]]).filter(([value]) => value >= low && value <= high);
  const heights = shown.map(([, answer]) => answer);
  const [bottom, top] = scale(Math.min(...heights), Math.max(...heights), curve.label !== null);
  const ticks = [0, 0.5, 1].map((share) => bottom + share * (top - bottom));
  const left = 16 + LETTER * Math.max(4, ...ticks.map((tick) => say(tick).length));
  const x = (value) => left + ((WIDTH - left - RIGHT) * (value - low)) / (high - low || 1);
  const y = (answer) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (answer - bottom)) / (top - bottom || 1);
  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "curve", role: "img" });
  const least = Math.min(...heights);
  const most = Math.max(...heights);
  svg.setAttribute("aria-label", `${curve.column}: the answer lies between ${say(least)} and ${say(most)}; the table has every point`);
  for (const at of ticks) {
    svg.append(drawn("line", { x1: left, x2: WIDTH - RIGHT, y1: y(at), y2: y(at), class: "grid" }));
    svg.append(drawn("text", { x: left - 8, y: y(at) + 4, "text-anchor": "end" }, say(at)));
  }
  const label = (value) => curve.shown[values.indexOf(value)] ?? "";
  svg.append(drawn("text", { x: left, y: HEIGHT - 10 }, label(shown[0][0])));
  svg.append(drawn("text", { x: WIDTH - RIGHT, y: HEIGHT - 10, "text-anchor": "end" }, label(shown[shown.length - 1][0])));
  svg.append(drawn("path", { d: shown.map(([value, answer], at) => `${at ? "L" : "M"}${x(value).toFixed(1)} ${y(answer).toFixed(1)}`).join(""), class: "path" }));
  if (curve.place !== null) {
    const at = values[curve.place];
    const share = (x(at) - left) / (WIDTH - left - RIGHT);
    svg.append(drawn("line", { x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT - BOTTOM, class: "here" }));
    svg.append(drawn("circle", { cx: x(at), cy: y(curve.answers[curve.place]), r: 5.5, class: "dot" }));
    if (share > 0.2 && share < 0.8) {
      svg.append(drawn("text", { x: x(at), y: HEIGHT - 10, "text-anchor": "middle", class: "own" }, curve.shown[curve.place]));
    }
  }
  return svg;
}

/** Ends of the axis: for chances from 0 to a round share, for numbers round ones a little beyond what is there. */
function scale(least, most, isChance) {
  if (isChance) return [0, [0.1, 0.2, 0.5].find((one) => most <= one) ?? 1];
  const room = (most - least) * 0.08 || Math.abs(most) * 0.1 || 1;
  const rough = (most - least + 2 * room) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const ends = [Math.floor((least - room) / step) * step, Math.ceil((most + room) / step) * step];
  return ends.every(Number.isFinite) ? ends : [least, most];
}

function bars(curve, say) {
  const list = element("dl", "bars");
  const most = Math.max(...curve.answers.map(Math.abs)) || 1;
  curve.answers.forEach((answer, place) => {
    const bar = element("span", "bar");
    bar.style.width = `${(100 * Math.abs(answer)) / (curve.label === null ? most : 1)}%`;
    const kind = place === curve.place ? "now" : "";
    list.append(element("dt", kind, given(curve.shown[place] || "(empty)", 60)), element("dd", kind, bar), element("dd", kind, say(answer)));
  });
  return list;
}

function table(curve, say) {
  const body = element("tbody");
  curve.values.forEach((_, place) => {
    const own = place === curve.place ? " (now)" : "";
    body.append(element("tr", "", element("td", "", given(curve.shown[place]), own), element("td", "", say(curve.answers[place]))));
  });
  const head = element("thead", "", element("tr", "", element("th", "", given(curve.column, 60)), element("th", "", "answer")));
  for (const cell of head.querySelectorAll("th")) cell.scope = "col";
  return element("details", "", element("summary", "", "as a table"), element("table", "", head, body));
}
