// @ts-check
// The bot's log lines, as they come.

import { fill, h } from "./dom.js";
import { line } from "./inside.js";
import { say } from "./say.js";
import { world } from "./world.js";

const KEPT = 500;

class Log extends HTMLElement {
  #lines = h("div", {
    class: "lines",
    role: "log",
    "aria-label": say("tab_log"),
    tabindex: 0,
    testid: "log",
  });
  #empty = h("p", { class: "empty" }, say("no_log"));

  connectedCallback() {
    fill(this, this.#empty, this.#lines);
    world.on("log", ({ detail }) => this.#add(detail));
    world.on("state", () => {
      this.#lines.replaceChildren();
      for (const each of world.log) this.#add(each);
    });
  }

  /** @param {import("./types.js").Line} each */
  #add(each) {
    const { scrollHeight, scrollTop, clientHeight } = this;
    const end = scrollHeight - scrollTop - clientHeight < 40;
    this.#lines.append(line(each));
    if (this.#lines.childElementCount > KEPT) this.#lines.firstElementChild?.remove();
    this.#empty.hidden = true;
    if (end) this.scrollTo(0, this.scrollHeight);
  }
}

customElements.define("yz-log", Log);
