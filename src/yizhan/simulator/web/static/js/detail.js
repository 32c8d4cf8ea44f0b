// @ts-check
/** @import {Attempt, Inside, Push} from "./types.js" */
// Everything about one push: overview, request, response, fields, signature, inside the bot.

import { api } from "./api.js";
import { code, codeDialog } from "./code.js";
import { compare, family } from "./compare.js";
import { ask } from "./dialog.js";
import { arrows, button, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { inside } from "./inside.js";
import { overview } from "./overview.js";
import { say } from "./say.js";
import { derivation } from "./signature.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

const TABS = ["overview", "request", "response", "fields", "signature", "inside"];
const PER_ATTEMPT = new Set(["request", "response", "signature"]);

export class Detail extends HTMLElement {
  /** @type {Push|null} */ #push = null;
  /** @type {Inside|null} */ #inside = null;
  #chosen = "overview";
  #attempt = 0; // 0 for the last
  /** @type {HTMLElement|null} */ #compare = null;
  #tabs = h("div", { class: "tabs small", role: "tablist", "aria-label": say("push_parts") });
  #which = h("div", { class: "segments", role: "group", "aria-label": say("attempts") });
  #body = h("div", { class: "body", role: "tabpanel", testid: "push-body" });

  connectedCallback() {
    this.className = "detail";
    this.#compare = tool("compare", "compare", () => compare(/** @type {Push} */ (this.#push)));
    const tools = h(
      "div",
      { class: "tools" },
      tool("replay", "replay", () => this.#send("replay", {})),
      tool("resend", "edit", () => this.#resend()),
      this.#compare,
      world.currentAccount?.module
        ? tool("copy-test", "test", () =>
            codeDialog(say("copy_test"), () => api.get(`/pushes/${this.#push?.id}/test`)),
          )
        : "",
      tool("copy-curl", "code", () =>
        codeDialog(say("copy_curl"), () => api.get(`/pushes/${this.#push?.id}/curl`)),
      ),
    );
    fill(
      this.#tabs,
      ...TABS.map((name) =>
        button(`push-tab-${name}`, say(`part_${name}`), () => this.#choose(name), { role: "tab" }),
      ),
    );
    arrows(this.#tabs, "[role=tab]");
    fill(this, tools, this.#tabs, this.#which, this.#body);
    this.#choose(this.#chosen);
  }

  /** @param {Push} push @param {Inside|null} inside */
  show(push, inside) {
    this.#push = push;
    this.#inside = inside;
    this.#draw();
  }

  /** @param {string} chosen */
  #choose(chosen) {
    this.#chosen = chosen;
    for (const [place, tab] of [...this.#tabs.children].entries()) {
      tab.setAttribute("aria-selected", `${TABS[place] === chosen}`);
      /** @type {HTMLElement} */ (tab).tabIndex = TABS[place] === chosen ? 0 : -1;
    }
    this.#body.setAttribute("aria-label", say(`part_${chosen}`));
    this.#draw();
  }

  #draw() {
    const push = this.#push;
    if (!push) return;
    const attempt = push.attempts[this.#attempt - 1] ?? push.attempts.at(-1);
    if (this.#compare) this.#compare.hidden = family(push).length < 2;
    this.#which.hidden = push.attempts.length < 2 || !PER_ATTEMPT.has(this.#chosen);
    fill(
      this.#which,
      ...push.attempts.map(({ number }) =>
        button(`attempt-${number}`, say("attempt", { n: number }), () => this.#turn(number), {
          "aria-pressed": `${number === attempt?.number}`,
        }),
      ),
    );
    fill(this.#body, ...this.#content(push, attempt));
  }

  /** @param {number} number */
  #turn(number) {
    this.#attempt = number;
    this.#draw();
    /** @type {HTMLElement|undefined} */ (this.#which.children[number - 1])?.focus();
  }

  /** @param {Push} push @param {Attempt|undefined} attempt @returns {import("./dom.js").Child[]} */
  #content(push, attempt) {
    switch (this.#chosen) {
      case "overview":
        return overview(push);
      case "fields":
        return [fields(push.fields)];
      case "inside":
        return inside(this.#inside);
      case "signature":
        return attempt ? derivation(attempt) : [];
      default:
        return attempt
          ? exchange(attempt, /** @type {"request"} */ (this.#chosen))
          : [h("p", { class: "note" }, say("no_attempt"))];
    }
  }

  /** @param {string} how @param {unknown} body */
  async #send(how, body) {
    await tried(() => api.post(`/pushes/${this.#push?.id}/${how}`, body));
  }

  async #resend() {
    const values = await ask("ask-resend", say("resend"), [
      { name: "body", label: say("body"), type: "textarea", rows: 12, value: this.#push?.body },
      {
        name: "fresh",
        label: say("fresh"),
        type: "checkbox",
        value: true,
        hint: say("fresh_hint"),
      },
    ]);
    if (values) await this.#send("resend", values);
  }
}

/** @param {string} testid @param {string} name @param {() => unknown} action */
const tool = (testid, name, action) =>
  button(testid, [icon(name), say(testid.replace("-", "_"))], action, { class: "tool" });

/** @param {Attempt} attempt @param {"request"|"response"} which */
function exchange(attempt, which) {
  const side = attempt[which];
  if (!side)
    return [
      h(
        "p",
        { class: "note" },
        attempt.end === null
          ? say("end_open")
          : say(`end_${attempt.end}`, { status: attempt.status ?? "" }),
      ),
    ];
  const sealed = side.sent !== side.plain;
  return [
    which === "request"
      ? h("p", { class: "address" }, h("b", {}, attempt.request.method), " ", attempt.url)
      : h(
          "p",
          { class: "address" },
          h("b", {}, `HTTP ${attempt.status ?? ""}`),
          ` · ${say("took", { n: attempt.seconds?.toFixed(3) ?? "" })}`,
        ),
    attempt.problem
      ? h("p", { class: "reason" }, icon("fault"), h("span", {}, attempt.problem.text))
      : null,
    sealed ? h("h2", { class: "sub" }, say("decrypted")) : null,
    code(side.plain, `${which}-plain`),
    sealed ? h("h2", { class: "sub" }, say("as_sent")) : null,
    sealed ? code(side.sent, `${which}-sent`) : null,
    h("details", {}, h("summary", {}, say("headers")), fields(side.headers)),
  ];
}

/** A table of names and values. @param {Record<string, unknown>} values */
export function fields(values) {
  const rows = Object.entries(values).map(([name, value]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h(
        "td",
        {},
        typeof value === "object" && value !== null
          ? JSON.stringify(value, null, 2)
          : `${value ?? ""}`,
      ),
    ),
  );
  return h("table", { class: "fields", testid: "fields" }, h("tbody", {}, ...rows));
}

customElements.define("yz-detail", Detail);
