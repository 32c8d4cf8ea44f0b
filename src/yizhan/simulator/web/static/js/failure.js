// @ts-check
/** @import {Problem} from "./types.js" */
// What a handler raised.

import { h } from "./dom.js";
import { say } from "./say.js";

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
