// @ts-check
// Short messages that go away, and how a failed call is told.

import { Refusal } from "./api.js";
import { h, must } from "./dom.js";
import { say } from "./say.js";

/** @param {string} text @param {"info"|"problem"} [kind] */
export function toast(text, kind = "info") {
  const note = h("p", { class: `toast ${kind}`, testid: `toast-${kind}` }, text);
  must(document.getElementById("toasts")).append(note);
  setTimeout(() => note.remove(), kind === "problem" ? 8000 : 3000);
}

/** Runs a call and tells what went wrong; undefined then. @template T @param {() => Promise<T>} call @returns {Promise<T|undefined>} */
export async function tried(call) {
  try {
    return await call();
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    toast(problem.code === "unreachable" ? say("unreachable") : problem.message, "problem");
    return undefined;
  }
}

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(say("copied"));
  } catch {
    toast(say("copy_failed"), "problem");
  }
}
