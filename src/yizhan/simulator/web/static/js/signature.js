// @ts-check
/** @import {Attempt} from "./types.js" */
// How the signatures of a push come about, step by step, and whether they agree.

import { h } from "./dom.js";
import { say } from "./say.js";

/** @param {Attempt} attempt @returns {import("./dom.js").Child[]} */
export function derivation({ signature, url }) {
  const query = new URL(url, location.href).searchParams;
  return [
    ...steps("signature", signature.parts, signature.sha1, query),
    ...(signature.msg_parts.length
      ? steps("msg_signature", signature.msg_parts, signature.msg_sha1, query)
      : []),
    signature.msg_parts.length ? null : h("p", { class: "note" }, say("plain_note")),
  ];
}

/** @param {string} name @param {string[]} parts @param {string} sha1 @param {URLSearchParams} query */
function steps(name, parts, sha1, query) {
  const sorted = [...parts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const given = query.get(name) ?? "";
  const right = given === sha1;
  return [
    h("h2", { class: "sub" }, name),
    h(
      "ol",
      { class: "steps", testid: `steps-${name}` },
      h(
        "li",
        {},
        say("step_sort"),
        h(
          "ul",
          {},
          ...sorted.map((part) =>
            h(
              "li",
              {},
              h("code", { title: part }, short(part)),
              h("small", {}, ` ${roleOf(part, query)}`),
            ),
          ),
        ),
      ),
      h("li", {}, say("step_join"), h("code", { class: "block" }, sorted.map(short).join(""))),
      h("li", {}, say("step_sha1"), h("code", { class: "block" }, sha1)),
      h(
        "li",
        { class: right ? "right" : "wrong", testid: "signature-match" },
        say(right ? "step_right" : "step_wrong", { name }),
        h("code", { class: "block" }, given || "—"),
      ),
    ),
  ];
}

/** @param {string} part @param {URLSearchParams} query */
function roleOf(part, query) {
  if (part === query.get("timestamp")) return "timestamp";
  if (part === query.get("nonce")) return "nonce";
  return part.length > 64 ? "Encrypt" : "token";
}

/** @param {string} part */
const short = (part) =>
  part.length > 64 ? `${part.slice(0, 24)}…${part.slice(-8)} (${part.length})` : part;
