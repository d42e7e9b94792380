/**
 * Predicts rows in Node: `node score.mjs node|web BUNDLE ROWS.json OUT.json [ALONE]`.
 *
 * `node` is onnxruntime-node; `web` is onnxruntime-web's WebAssembly, as a browser runs it.
 */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { scored } from "./scored.mjs";

const [which, bundle, rows, out, alone = "0"] = process.argv.slice(2);
/** The runtimes are installed as requirements/javascript says, beside Python's environments. */
const require = createRequire(new URL("../../../.venv-javascript/", import.meta.url));

async function runtime() {
  if (which === "node") return require("onnxruntime-node");
  const wasm = require.resolve("onnxruntime-web/wasm").replace(/[^/\\]+$/, "");
  const ort = await import(pathToFileURL(join(wasm, "ort.wasm.min.mjs")).href);
  Object.assign(ort.env.wasm, { numThreads: 1, proxy: false, wasmPaths: pathToFileURL(wasm).href });
  return ort;
}

const names = readdirSync(bundle).filter((name) => !name.startsWith("."));
const files = Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(join(bundle, name)))]));
writeFileSync(out, await scored(await runtime(), files, JSON.parse(readFileSync(rows, "utf8")), Number(alone)));
