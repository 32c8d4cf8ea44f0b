// @ts-check
/** @import {Push} from "./types.js" */
// The list of pushes, the newest above; one of them is open.

import { fill, h } from "./dom.js";
import { PushElement } from "./push.js";
import { say } from "./say.js";
import { world } from "./world.js";

class Pushes extends HTMLElement {
  /** @type {Map<string, PushElement>} */ #shown = new Map();
  #mine = h("input", {
    type: "checkbox",
    id: "only-this",
    testid: "only-this",
    onchange: () => this.#draw(),
  });
  #list = h("div", { class: "list", role: "list", testid: "pushes" });
  #empty = h("p", { class: "empty" }, say("no_pushes"));

  connectedCallback() {
    fill(
      this,
      h("div", { class: "tools" }, this.#mine, h("label", { for: "only-this" }, say("only_this"))),
      this.#empty,
      this.#list,
    );
    world.on("state chosen history", () => this.#draw());
    world.on("push", ({ detail }) => this.#show(detail));
    world.on("call", () => this.#renew());
    world.on("inspect", ({ detail }) => this.#reveal(detail));
  }

  /** @param {Push} push */
  #fits(push) {
    return push.account === world.account && (!this.#mine.checked || push.openid === world.openid);
  }

  #draw() {
    this.#shown.clear();
    this.#list.replaceChildren();
    for (const push of world.pushesHere()) this.#show(push);
    this.#empty.hidden = this.#shown.size > 0;
  }

  /** @param {Push} push */
  #show(push) {
    if (!this.#fits(push)) return;
    const known = this.#shown.get(push.id);
    const element = known ?? new PushElement();
    if (!known) this.#list.prepend(element);
    this.#shown.set(push.id, element);
    this.#empty.hidden = true;
    element.show(push);
  }

  /** A customer-service message belongs to the newest push of its follower. */
  #renew() {
    for (const [id, element] of [...this.#shown].slice(-5)) {
      const push = world.pushes.get(id);
      if (push) element.show(push);
    }
  }

  /** @param {string} id */
  #reveal(id) {
    for (const [each, element] of this.#shown) element.open(each === id);
    const element = this.#shown.get(id);
    element?.scrollIntoView({ block: "start" });
    element?.focusHead();
  }
}

customElements.define("yz-pushes", Pushes);
