/** Loads bundles in Node with onnxruntime-node: `node load.mjs BUNDLE …` prints one line of JSON for each. */

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { load } from "../../../journeyman/bundle/javascript/model.js";

const ort = createRequire(new URL("../../../.venv-javascript/", import.meta.url))("onnxruntime-node");

for (const bundle of process.argv.slice(2)) {
  const names = readdirSync(bundle).filter((name) => !name.startsWith("."));
  const files = Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(join(bundle, name)))]));
  const model = await load(ort, files);
  console.log(JSON.stringify({ task: model.task, columns: model.columns.length }));
}
