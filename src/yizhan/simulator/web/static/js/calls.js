// @ts-check
/** @import {Call} from "./types.js" */
// What the bot asked of api.weixin.qq.com, the newest above.

import { code } from "./code.js";
import { fill, h, rove } from "./dom.js";
import { fields } from "./detail.js";
import { say } from "./say.js";
import { toSecond } from "./time.js";
import { world } from "./world.js";

class Calls extends HTMLElement {
  /** @type {Set<string>} */ #shown = new Set();
  #list = h("div", { class: "list", testid: "calls" });
  #empty = h("p", { class: "empty" }, say("no_calls"));
  #rove = rove(this.#list, "summary", { vertical: true });

  connectedCallback() {
    fill(this, this.#empty, this.#list);
    world.on("state chosen history", () => this.#draw());
    world.on("call", ({ detail }) => this.#show(detail));
    world.on("call-open", ({ detail }) => {
      world.tell("tab", "calls");
      const row = /** @type {HTMLDetailsElement|null} */ (
        this.#list.querySelector(`[data-id="${CSS.escape(detail)}"]`)
      );
      if (!row) return;
      row.open = true;
      row.querySelector("summary")?.focus();
    });
  }

  #draw() {
    this.#shown.clear();
    this.#list.replaceChildren();
    for (const call of world.callsHere()) this.#show(call);
    this.#empty.hidden = this.#shown.size > 0;
  }

  /** @param {Call} call */
  #show(call) {
    if (call.account !== world.account || this.#shown.has(call.id)) return;
    this.#shown.add(call.id);
    this.#empty.hidden = true;
    this.#list.prepend(row(call));
    this.#rove();
  }
}

/** @param {Call} call */
function row(call) {
  const follower = world.followers.get(`${call.account}/${call.openid}`);
  const details = h(
    "details",
    { class: "callbox", testid: "call", "data-id": call.id, "data-path": call.path },
    h(
      "summary",
      {},
      h("time", {}, toSecond(call.at)),
      h("code", {}, `${call.method} ${call.path}`),
      follower ? h("span", { class: "whose" }, follower.nickname) : null,
      h(
        "span",
        { class: call.errcode || call.status >= 400 ? "chip notice" : "chip replied" },
        call.errcode ? `${call.errcode}` : call.status >= 400 ? `HTTP ${call.status}` : "ok",
      ),
    ),
  );
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(
      h(
        "div",
        { class: "body" },
        call.errcode ? h("p", { class: "reason" }, `${call.errcode} ${call.errmsg}`) : null,
        fields(call.query),
        call.body ? h("h2", { class: "sub" }, say("part_request")) : null,
        call.body ? code(call.body) : null,
        h("h2", { class: "sub" }, say("part_response")),
        code(call.response),
      ),
    );
  });
  return details;
}

customElements.define("yz-calls", Calls);
