// @ts-check
/** @import {Inside, Line} from "./types.js" */
// What went on inside the bot: the route and why, the session, the log of that message.

import { code } from "./code.js";
import { h } from "./dom.js";
import { say } from "./say.js";
import { toSecond } from "./time.js";

/** @param {Inside|null} inside @returns {import("./dom.js").Child[]} */
export function inside(inside) {
  const log = inside?.log?.length
    ? [
        h("h2", { class: "sub" }, say("tab_log")),
        h("div", { class: "lines" }, ...inside.log.map(line)),
      ]
    : [];
  if (!inside?.handler && !inside?.session) {
    return [h("p", { class: "note", testid: "inside-none" }, say("inside_none")), ...log];
  }
  const { handler, why, values = {}, passed = [], session } = inside;
  return [
    h("h2", { class: "sub" }, say("handler")),
    handler
      ? h(
          "p",
          { class: "handler", testid: "handler" },
          h("code", {}, handler.name),
          " ",
          h("small", {}, handler.place),
        )
      : h("p", { class: "handler", testid: "handler" }, say("no_handler")),
    why ? h("p", {}, say("why"), h("code", {}, why)) : null,
    Object.keys(values).length ? code(JSON.stringify(values), "handler-values") : null,
    passed.length ? before(passed) : null,
    h("h2", { class: "sub" }, say("session")),
    session && Object.keys(session).length
      ? code(JSON.stringify(session), "session")
      : h("p", { class: "note" }, say("session_empty")),
    ...log,
  ];
}

/** The routes that were looked at before. @param {{name: string, why: string}[]} passed */
function before(passed) {
  const rows = passed.map(({ name, why }) => h("li", {}, h("code", {}, name), ` ${why}`));
  return h(
    "details",
    {},
    h("summary", {}, say("passed", { count: passed.length })),
    h("ul", { class: "passed" }, ...rows),
  );
}

/** @param {Line} line */
export function line({ at, level, text }) {
  return h(
    "p",
    { class: `line ${level.toLowerCase()}`, testid: "log-line" },
    h("time", {}, toSecond(at)),
    h("b", {}, level === "INFO" ? "" : level),
    h("span", {}, text),
  );
}
