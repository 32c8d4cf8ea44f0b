// @ts-check
/** @import {Inside, Line} from "./types.js" */
// What went on inside the bot: the route and why, the session, the log of that message.

import { code } from "./code.js";
import { h } from "./dom.js";
import { say } from "./say.js";
import { toSecond } from "./time.js";

/** @param {Inside|null} inside @returns {import("./dom.js").Child[]} */
export function inside(inside) {
  if (!inside || (!inside.handler && !inside.session && !inside.log)) {
    return [h("p", { class: "note", testid: "inside-none" }, say("inside_none"))];
  }
  const { handler, why, values = {}, passed = [], session, log } = inside;
  return [
    h("h2", { class: "sub" }, say("handler")),
    handler
      ? h(
          "p",
          { class: "handler", testid: "handler" },
          h("code", {}, handler.name),
          h("small", {}, ` ${handler.place}`),
        )
      : h("p", { class: "handler", testid: "handler" }, say("no_handler")),
    why ? h("p", {}, say("why"), h("code", {}, why)) : null,
    Object.keys(values).length ? code(JSON.stringify(values), "handler-values") : null,
    passed.length
      ? h(
          "details",
          {},
          h("summary", {}, say("passed", { count: passed.length })),
          h(
            "ul",
            { class: "passed" },
            ...passed.map((route) => h("li", {}, h("code", {}, route.name), ` ${route.why}`)),
          ),
        )
      : null,
    session ? h("h2", { class: "sub" }, say("session")) : null,
    session
      ? Object.keys(session).length
        ? code(JSON.stringify(session), "session")
        : h("p", { class: "note" }, say("session_empty"))
      : null,
    log?.length ? h("h2", { class: "sub" }, say("tab_log")) : null,
    log?.length ? h("div", { class: "lines" }, ...log.map(line)) : null,
  ];
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
