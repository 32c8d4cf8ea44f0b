// @ts-check
// The other side of the chat: pushes, API calls, the log, the account, faults.

import "./accounts.js";
import "./calls.js";
import { arrows, button, fill, h } from "./dom.js";
import "./faults.js";
import { icon } from "./icons.js";
import "./log.js";
import "./pushes.js";
import { say } from "./say.js";
import { world } from "./world.js";

const TABS = ["pushes", "calls", "log", "account", "faults"];

class Inspector extends HTMLElement {
  /** @type {Map<string, {tab: HTMLElement, panel: HTMLElement}>} */ #tabs = new Map();
  #back = /** @type {Element|null} */ (null); // what had the focus before the sheet

  connectedCallback() {
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": say("inspector") });
    const close = button("inspector-close", icon("close"), () => this.#sheet(false), {
      class: "bare close",
      "aria-label": say("close"),
    });
    arrows(list, "[role=tab]");
    fill(this, h("header", {}, list, close));
    // Before the panels hear of it: one of them takes the focus from the sheet.
    world.on("inspect", ({ detail }) => {
      this.#choose("pushes");
      if (!detail.quietly) this.#sheet(true);
    });
    for (const name of TABS) {
      const panel = document.createElement(`yz-${name}`);
      const tab = button(`tab-${name}`, say(`tab_${name}`), () => this.#choose(name), {
        role: "tab",
        id: `tab-${name}`,
        "aria-controls": `panel-${name}`,
      });
      for (const [attribute, value] of Object.entries({
        id: `panel-${name}`,
        role: "tabpanel",
        "aria-labelledby": `tab-${name}`,
      })) {
        panel.setAttribute(attribute, value);
      }
      panel.className = "panel";
      this.#tabs.set(name, { tab, panel });
      list.append(tab);
      this.append(panel);
    }
    list.addEventListener("focusin", ({ target }) => /** @type {HTMLElement} */ (target).click());
    world.on("tab", ({ detail }) => {
      this.#choose(detail);
      this.#sheet(true);
    });
    world.on("sheet", ({ detail }) => this.#sheet(detail));
    document.addEventListener("keydown", (event) => {
      if (event.altKey && event.code === "KeyI") {
        event.preventDefault();
        this.#sheet(!this.classList.contains("open"));
      }
    });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#sheet(false));
    this.#choose("pushes");
  }

  /** @param {string} chosen */
  #choose(chosen) {
    for (const [name, { tab, panel }] of this.#tabs) {
      tab.setAttribute("aria-selected", `${name === chosen}`);
      tab.tabIndex = name === chosen ? 0 : -1;
      panel.hidden = name !== chosen;
    }
  }

  /** On a narrow screen the inspector is a sheet over the chat. @param {boolean} open */
  #sheet(open) {
    const narrow = matchMedia("(max-width: 900px)").matches;
    if (open === this.classList.contains("open")) return;
    this.classList.toggle("open", open);
    if (open) {
      this.#back = document.activeElement;
      const chosen = [...this.#tabs.values()].find(({ panel }) => !panel.hidden);
      chosen?.tab.focus({ preventScroll: true });
    } else if (narrow || this.contains(document.activeElement)) {
      /** @type {HTMLElement|null} */ (this.#back)?.focus();
    }
  }
}

customElements.define("yz-inspector", Inspector);
