/** What follows from answers of a graph: status, troubles, decisions, bounds, sets and routes, as the vectors say. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { BundleError, InputError } from "../../../journeyman/bundle/javascript/errors.js";
import { readManifest } from "../../../journeyman/bundle/javascript/manifest.js";
import { Model, load } from "../../../journeyman/bundle/javascript/model.js";
import { Reader } from "../../../journeyman/bundle/javascript/reader.js";
import { requireSigned } from "../../../journeyman/bundle/javascript/signature.js";
import { cellOf, vectorsOf } from "./vectors.mjs";

const bytes = (text) => new TextEncoder().encode(text);
const models = vectorsOf("models");
const rowsOf = (rows) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cellOf(cell)])));
const plain = (value) => (typeof value === "number" && !Number.isFinite(value) ? null : value);

/** What Python gives for a row, by the names that it has there. */
function asPython(found, told) {
  const named = { prediction: plain(found.prediction) };
  if ("low" in found) Object.assign(named, { low: plain(found.low), high: plain(found.high) });
  for (const [label, chance] of Object.entries(found.probabilities ?? {})) {
    named[`probability_${label}`] = plain(chance);
  }
  if ("predictionSet" in found) named.prediction_set = found.predictionSet;
  for (const name of ["decision", "route"]) if (name in found) named[name] = found[name];
  const troubles = found.troubles.map(({ column, value, because }, at) =>
    "value" in (told[at] ?? {}) ? { column, value, because } : { column, because },
  );
  return { ...named, novelty: plain(found.novelty), status: found.status, troubles };
}

/** Numbers to 12 digits: logarithms differ in their last bit between libraries. */
function rounded(value) {
  if (typeof value === "number") return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, rounded(value[name])]));
}

models.forEach((vector, at) => {
  test(`model ${at} of the vectors predicts what they say`, async () => {
    const manifest = readManifest(bytes(vector.manifest));
    const answers = vector.answers.map((row) => row.map((one) => one ?? NaN));
    const found = await new Model(manifest, { score: async () => answers }).predict(rowsOf(vector.rows));
    assert.equal(found.length, vector.predictions.length);
    found.forEach((one, row) => {
      const wanted = vector.predictions[row];
      const told = `row ${row}: ${JSON.stringify(vector.rows[row])}`;
      assert.deepEqual(rounded(asPython(one, wanted.troubles)), rounded(wanted), told);
    });
  });
});

test("the vectors of models hold every status, route and kind of trouble", () => {
  const all = models.flatMap(({ predictions }) => predictions);
  assert.deepEqual([...new Set(all.map(({ status }) => status))].sort(), ["ok", "refused", "unusual"]);
  const routes = new Set(all.map(({ route }) => route));
  assert.ok(["automate", "audit", "person"].every((one) => routes.has(one)));
  const reasons = new Set(all.flatMap(({ troubles }) => troubles.map(({ because }) => because.split(":")[0])));
  assert.ok(reasons.size >= 9, [...reasons].join("; "));
});

test("tables are refused as the vectors say", () => {
  for (const { manifest, refusals } of vectorsOf("refusals")) {
    const reader = new Reader(readManifest(bytes(manifest)).columns);
    for (const { rows, code } of refusals) {
      let found = "";
      try {
        reader.batch(rows);
      } catch (error) {
        assert.ok(error instanceof InputError);
        found = error.code;
      }
      assert.equal(found, code, JSON.stringify(rows));
    }
  }
});

test("signatures are true or not as the vectors say", async () => {
  for (const { manifest, signature, openssh, pem, is_theirs } of vectorsOf("signatures")) {
    for (const key of [openssh, pem]) {
      const asked = requireSigned(bytes(manifest), bytes(signature), key);
      if (is_theirs) await asked;
      else await assert.rejects(asked, BundleError);
    }
    await assert.rejects(requireSigned(bytes(manifest), undefined, pem), BundleError);
    await assert.rejects(requireSigned(bytes(manifest), bytes(signature), "ssh-rsa AAAA"), InputError);
  }
});

/** A runtime that answers golden rows as a manifest says, or otherwise. */
const runtime = (answers) => ({
  Tensor: class {
    constructor(type, data, dims) {
      Object.assign(this, { type, data, dims });
    }
  },
  InferenceSession: {
    create: async () => ({
      run: async (feeds) => ({ answer: { data: answers.flat(), dims: [feeds.numbers.dims[0], answers[0].length] } }),
    }),
  },
});

async function bundleOf(text, change = {}, graph = bytes("a graph")) {
  const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", graph)).toString("hex");
  const manifest = JSON.parse(text);
  manifest.files["model.onnx"] = { sha256, bytes: graph.length };
  Object.assign(manifest, change);
  const ascii = JSON.stringify(manifest).replace(/[\u0080-\uffff]/g, (mark) => {
    return `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return { "manifest.json": bytes(ascii), "model.onnx": graph };
}

test("a bundle is loaded, and refused where anything in it is another", async () => {
  const text = models[0].manifest;
  const golden = JSON.parse(text).golden;
  assert.equal((await load(runtime(golden.answers), await bundleOf(text))).task, "binary");
  const refused = async (files, words, answers = golden.answers) => {
    await assert.rejects(load(runtime(answers), await files), (error) => {
      assert.ok(error instanceof BundleError, String(error));
      assert.match(error.message, words);
      return true;
    });
  };
  await refused(bundleOf(text), /golden/, golden.answers.map((row) => row.map((one) => one + 1e-5)));
  await refused({ ...(await bundleOf(text)), "model.onnx": bytes("another") }, /digest/);
  await refused({ ...(await bundleOf(text)), "signature.json": bytes("{}") }, /signature/);
  await refused(bundleOf(text, {}, bytes("\0\0\0\0ORTM")), /another format/);
  const [{ openssh, signature }] = vectorsOf("signatures");
  const signed = { ...(await bundleOf(text)), "signature.json": bytes(signature) };
  await load(runtime(golden.answers), signed);
  await assert.rejects(load(runtime(golden.answers), signed, { requireSignature: openssh }), BundleError);
  await refused({ ...(await bundleOf(text)), "model.pkl": bytes("x") }, /no bundle does/);
  await refused({ "manifest.json": bytes(text) }, /holds no model.onnx/);
  await refused({ ...(await bundleOf(text)), "card.md": new Uint8Array(2 ** 20 + 1) }, /more than/);
  await refused({ ...(await bundleOf(text)), "manifest.json": bytes("{") }, /JSON/);
  const twice = text.replace('"task"', '"format": 1, "task"');
  await refused({ ...(await bundleOf(text)), "manifest.json": bytes(twice) }, /JSON/);
  await refused({ ...(await bundleOf(text)), "manifest.json": bytes(text.replace('"age"', '"\\ud800"')) }, /JSON/);
  await refused(bundleOf(text, { format: 2 }), /format 2/);
  await refused(bundleOf(text, { task: "anything" }), /task/);
  await refused(bundleOf(text, { classes: ["no", "no"] }), /twice/);
  await refused(bundleOf(text, { outputs: 2 }), /outputs/);
  await refused(bundleOf(text, { schema: [{ ...JSON.parse(text).schema[0], more: 1 }] }), /column/);
  await refused(bundleOf(text, { schema: [{ ...JSON.parse(text).schema[0], date_format: "d.d.y" }] }), /date format/);
  await refused(bundleOf(text, { decision: { actions: [["call", { maybe: 1 }]] } }), /outcome/);
  await refused(bundleOf(text, { decision: { actions: [["call", { yes: ["eval", 1, 2] }]] } }), /amount/);
  await refused(bundleOf(text, { router: { thresholds: [0.5, 2], audit_share: 0, seed: 0, promise: "" } }), /router/);
  await refused(bundleOf(text, { uncertainty: { kind: "set", nominal: 0.9, least: [0.5] } }), /uncertainty/);
  await refused(bundleOf(text, { novelty: { share: 0.01 } }), /novelty/);
  await refused(bundleOf(text, { label_rule: { scale: [0, 1] } }), /rule of labels/);
  await refused(bundleOf(text, { label_rule: { scale: [0, 1], shift: [0, 0.2, 0] } }), /number for each class/);
  await refused(bundleOf(text, { label_rule: { scale: [1, -1], shift: [0, 0] } }), /improbable/);
});
