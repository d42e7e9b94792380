/** The signature of a bundle: who vouches for it. The manifest is signed, as it holds the digests of all else. */

import { BundleError, InputError, refused } from "./errors.js";

const FORMAT = 1;
const CONTEXT = "journeyman bundle signature 1\n";
const KEY_BYTES = 32;
/** What stands before the 32 bytes of a key in an OpenSSH line. */
const OF_OPENSSH = "\0\0\0\x0bssh-ed25519\0\0\0 ";
/** What stands before them in the PEM of a public key (RFC 8410). */
const OF_PEM = "0*0\x05\x06\x03+ep\x03!\0";
const NAMES = ["algorithm", "format", "key", "manifest", "signature"];

const utf8 = (text) => new TextEncoder().encode(text);
const asText = (bytes) => String.fromCharCode(...bytes);
const asBytes = (text) => Uint8Array.from(text, (mark) => mark.charCodeAt(0));

/**
 * Refuse a manifest that the holder of a key did not sign.
 * @param {Uint8Array} manifest the bytes of its file, not yet parsed
 * @param {Uint8Array | undefined} signature the bytes of signature.json, if there are any
 * @param {string} publicKey what stands in the file of the key: an OpenSSH line, or PEM
 * @throws {BundleError} it is not signed, by another key, or is another manifest than the one that was signed
 * @throws {InputError} the key cannot be used
 */
export async function requireSigned(manifest, signature, publicKey) {
  const key = keyOf(publicKey);
  if (!signature) throw new BundleError("the bundle is not signed", { because: "it holds no signature.json" });
  const told = readSignature(signature);
  const named = `SHA256:${btoa(asText(await sha256(asBytes(OF_OPENSSH + asText(key))))).replace(/=+$/, "")}`;
  if (told.key !== named) {
    throw new BundleError("the bundle is signed by another key", {
      because: `${told.key} signed it, and a signature of ${named} is required`,
    });
  }
  const digest = [...(await sha256(manifest))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  const isTrue = await subtle.verify({ name: "Ed25519" }, imported, told.signature, utf8(CONTEXT + digest));
  if (told.manifest !== digest || !isTrue) {
    const because = "the manifest was changed after it was signed, or that key did not make it";
    throw new BundleError("the bundle's signature is not true", { because });
  }
}

/**
 * What signature.json says; whether it is true is not looked at.
 * @param {Uint8Array} content
 * @returns {{key: string, manifest: string, signature: Uint8Array}}
 * @throws {BundleError} it is nothing that we write
 */
export function readSignature(content) {
  try {
    const data = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
    const { format, algorithm, key, manifest, signature } = data;
    const fits = Object.keys(data).sort().join() === NAMES.join() && format === FORMAT && algorithm === "ed25519";
    const isNamed = /^SHA256:[A-Za-z0-9+/]{43}$/.test(key) && /^[0-9a-f]{64}$/.test(manifest);
    const bytes = asBytes(atob(signature));
    const isWhole = bytes.length === 64 && btoa(asText(bytes)) === signature;
    if (fits && isNamed && isWhole) return { key, manifest, signature: bytes };
  } catch {
    // Told below.
  }
  throw refused("it is nothing that we write", "the bundle's signature is refused");
}

/** The 32 bytes of an Ed25519 key. */
function keyOf(text) {
  const pem = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/.exec(text);
  const line = /^ssh-ed25519 ([A-Za-z0-9+/=]+)(?:\s|$)/.exec(text);
  const [before, coded] = pem ? [OF_PEM, pem[1].replace(/\s/g, "")] : [OF_OPENSSH, line?.[1] ?? ""];
  let bytes = "";
  try {
    bytes = atob(coded);
  } catch {
    // Told below.
  }
  const isKey = bytes.length === before.length + KEY_BYTES && bytes.startsWith(before);
  if (isKey) return asBytes(bytes.slice(before.length));
  throw new InputError("the public key cannot be used", {
    because: "it is no Ed25519 key in OpenSSH's or PEM's form",
    remedy: "give what stands in the .pub file of whoever signs your bundles",
  });
}

const sha256 = async (bytes) => new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes));
