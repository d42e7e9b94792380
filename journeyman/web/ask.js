// Requests to the service that this page came from.

const KEPT = "journeyman-token";

/** The token of this tab: from the address, where it stands behind # and is taken away, or as it was typed. */
export function takeToken(parameters) {
  const found = parameters.get("token");
  if (found) sessionStorage.setItem(KEPT, found);
  parameters.delete("token");
}

export function keepToken(token) {
  sessionStorage.setItem(KEPT, token);
}

export function hasToken() {
  return sessionStorage.getItem(KEPT) !== null;
}

/** What the service says no with: `status`, and its three parts. */
export class Refused extends Error {
  constructor(status, document) {
    const parts = [document.error, document.because && `because ${document.because}`, document.try && `Try: ${document.try}`];
    super(parts.filter(Boolean).join(". ").replaceAll("..", "."));
    this.status = status;
  }
}

/** A document from the service; rows go along as JSON. An answer of 422 that holds rows' troubles is an answer. */
export async function ask(path, body, signal) {
  const headers = {};
  const token = sessionStorage.getItem(KEPT);
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(path, { method: body === undefined ? "GET" : "POST", headers, body, signal });
  const text = await response.text();
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Refused(response.status, { error: `the service answered ${response.status}` });
  }
  if (response.ok || (response.status === 422 && document.troubles)) return document;
  throw new Refused(response.status, document);
}

/** A command that asks the same. */
export function asCurl(body) {
  const quoted = `'${body.replaceAll("'", "'\\''")}'`;
  const bearer = hasToken() ? ' -H "Authorization: Bearer $JOURNEYMAN_TOKEN"' : "";
  return `curl -s ${location.origin}/predict -H 'Content-Type: application/json'${bearer} -d ${quoted}`;
}
