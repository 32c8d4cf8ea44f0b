// @ts-check
/** @import {Problem, Push, Reason} from "./types.js" */
// What went wrong in the bot: it did not let a push in, or its handler raised.

import { h } from "./dom.js";
import { say } from "./say.js";

/** What the follower who did that should be shown beside it; null where nothing went wrong. @param {Push} push */
export function wrong({ refused, failed }) {
  if (refused) return refusal(refused);
  return failed ? failure(failed) : null;
}

/** What became of a push, and what went wrong with it, in a word. @param {Push} push */
export function outcomeOf({ verdict, refused, failed }) {
  if (refused) return "refused";
  return failed ? "failed" : (verdict?.outcome ?? "running");
}

/** What it was not let in for, and what to do. @param {Reason} refused */
const refusal = ({ code, text }) =>
  h("span", { class: "failure", testid: "refusal" }, h("b", {}, say("refused_push")), ` ${code}: ${text}`);

/** The author's own line first, then what it says. @param {Problem} failed */
export function failure({ place, what, source }) {
  return h(
    "span",
    { class: "failure", testid: "failure" },
    h("b", {}, place || say("failed")),
    ` ${what}`,
    source ? h("code", {}, source) : null,
  );
}
