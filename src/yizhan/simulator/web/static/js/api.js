// @ts-check
// The simulator's HTTP API: every power that the page has.

import { language } from "./say.js";

const AGAIN = 300; // milliseconds until a call is made again
const TRIES = 30;
const BROKEN = 3; // times that a call is made whose connection breaks

/** An answer that is not 2xx; `code` as in docs/simulator-api.md, or `unreachable`. */
export class Refusal extends Error {
  /** @param {number} status @param {string} code @param {string} text */
  constructor(status, code, text) {
    super(text);
    this.status = status;
    this.code = code;
  }
}

/** @param {string} path @param {Record<string, unknown>} [query] */
export function address(path, query = {}) {
  const given = Object.entries({ ...query, lang: language }).filter(
    ([, value]) => value !== undefined,
  );
  return `api${path}?${new URLSearchParams(given.map(([name, value]) => [name, `${value}`]))}`;
}

/** A call; while the bot is loaded anew it is made again until the next process takes it.

A connection may break as a process ends, and nobody knows whether it has done what was asked: a POST bears an id, by which it is done once. @param {string} method @param {string} path @param {BodyInit|undefined} body @param {Record<string, string>} headers @param {Record<string, unknown>} [query] */
async function send(method, path, body, headers, query) {
  const named = method === "POST" ? { ...headers, "X-Yizhan-Once": crypto.randomUUID() } : headers;
  for (let times = 1; ; times += 1) {
    try {
      return await once(method, path, body, named, query);
    } catch (problem) {
      const most = problem instanceof Refusal ? tries(problem.code) : 1;
      if (times >= most) throw problem;
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
}

/** @param {string} code */
const tries = (code) => (code === "reloading" ? TRIES : code === "unreachable" ? BROKEN : 1);

/** @param {string} method @param {string} path @param {BodyInit|undefined} body @param {Record<string, string>} headers @param {Record<string, unknown>} [query] */
async function once(method, path, body, headers, query) {
  let response;
  try {
    response = await fetch(address(path, query), {
      method,
      body,
      headers: { ...headers, "Accept-Language": language },
      credentials: "same-origin",
    });
  } catch (problem) {
    throw new Refusal(0, "unreachable", `${problem}`);
  }
  if (!response.ok) {
    const told = await response.json().catch(() => null);
    const error = told?.error ?? {};
    throw new Refusal(response.status, error.code ?? "unknown", error.text ?? response.statusText);
  }
  return response;
}

/** @param {string} method @param {string} path @param {unknown} [body] @param {Record<string, unknown>} [query] */
async function json(method, path, body, query) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = text === undefined ? {} : { "Content-Type": "application/json" };
  const response = await send(
    method,
    path,
    text,
    /** @type {Record<string, string>} */ (headers),
    query,
  );
  return response.status === 204 ? null : response.json();
}

export const api = {
  /** @param {string} path @param {Record<string, unknown>} [query] @returns {Promise<any>} */
  get: (path, query) => json("GET", path, undefined, query),
  /** @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  post: (path, body = {}) => json("POST", path, body),
  /** @param {string} path @param {unknown} body @returns {Promise<any>} */
  put: (path, body) => json("PUT", path, body),
  /** @param {string} path @param {unknown} body @returns {Promise<any>} */
  patch: (path, body) => json("PATCH", path, body),
  /** @param {string} path @param {Record<string, unknown>} [query] @returns {Promise<any>} */
  delete: async (path, query) => void (await send("DELETE", path, undefined, {}, query)),
  /** @param {string} path @param {Record<string, unknown>} query @param {Blob|string} bytes @returns {Promise<any>} */
  upload: async (path, query, bytes) => (await send("POST", path, bytes, {}, query)).json(),
  /** The same where nothing comes back. @param {string} path @param {Record<string, unknown>} query @param {Blob|string} bytes @returns {Promise<void>} */
  send: async (path, query, bytes) => void (await send("POST", path, bytes, {}, query)),
};
