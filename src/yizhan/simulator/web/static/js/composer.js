// @ts-check
// Where the follower types: the text, the emoji palette, the attach sheet, the account's menu.

import { act } from "./act.js";
import { attachSheet } from "./attach.js";
import { button, fill, h } from "./dom.js";
import { EMOJI, TROUBLE } from "./emoji.js";
import { icon } from "./icons.js";
import "./menu.js";
import { say } from "./say.js";
import { keyOf, world } from "./world.js";

const LIMIT = 2048; // bytes of UTF-8 that a text may have
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text).length;

class Composer extends HTMLElement {
  /** @type {Map<string, string>} */ #drafts = new Map();
  /** @type {Map<string, string[]>} */ #said = new Map();
  #place = 0; // in what was said, counted from its end
  #key = "";
  #area = h("textarea", {
    id: "say",
    rows: 1,
    testid: "composer",
    "aria-label": say("say"),
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "send",
  });
  #meter = h("output", { class: "meter", testid: "meter", for: "say" });
  #send = button("send", say("send"), () => this.#submit(), { class: "primary send" });
  #toggle = button("menu-toggle", icon("menu"), () => this.menu(this.dataset.mode !== "menu"), {
    class: "round toggle",
    "aria-label": say("menu_toggle"),
    title: say("menu_toggle"),
    "aria-pressed": "false",
  });
  /** What the field held after the last insertion, and where that ended. */
  #inserted = { value: "", end: 0 };
  #smile = button("emoji", icon("smile"), () => this.#open("emoji"), {
    class: "round",
    "aria-label": say("emoji"),
    title: say("emoji"),
    "aria-expanded": "false",
  });
  #plus = button("attach", icon("circleplus"), () => this.#open("attach"), {
    class: "round",
    "aria-label": say("attach"),
    title: say("attach"),
    "aria-expanded": "false",
  });
  #sheet = h("div", { class: "sheet", hidden: true, testid: "sheet" });
  #menu = /** @type {import("./menu.js").Menu} */ (document.createElement("yz-menu"));

  connectedCallback() {
    const field = h("div", { class: "field" }, this.#area, this.#meter);
    fill(
      this,
      h(
        "div",
        { class: "row" },
        this.#toggle,
        h("div", { class: "line" }, field, this.#smile, this.#plus, this.#send),
        this.#menu,
      ),
      this.#sheet,
    );
    this.#area.addEventListener("input", () => this.#typed());
    this.#area.addEventListener("keydown", (event) => this.#key_(event));
    this.#area.addEventListener(
      "focus",
      () => matchMedia("(pointer: coarse)").matches && this.#open(""),
    );
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#sheet.hidden) return;
      const opener = this.dataset.sheet === "emoji" ? this.#smile : this.#plus;
      this.#open("");
      opener.focus();
    });
    this.#menu.addEventListener("drawn", () => this.#offered());
    world.on("chosen", () => this.#changed());
    world.on("draft", ({ detail }) => this.#drafts.set(detail.key, detail.text));
    world.on("follower", ({ detail }) => keyOf(detail) === this.#key && this.#allowed());
    this.#allowed(); // nothing to press before there is a follower, whose coming closes the sheet
    this.#typed();
  }

  /** @param {boolean} shown */
  menu(shown) {
    this.dataset.mode = shown ? "menu" : "text";
    this.#toggle.setAttribute("aria-pressed", `${shown}`);
    this.#toggle.replaceChildren(icon(shown ? "keyboard" : "menu"));
    if (shown) this.#open("");
  }

  /** The focus in the field, whatever stands there now. */
  write() {
    this.menu(false);
    this.#area.focus();
  }

  /** The focus at the start; the menu, with which WeChat begins, stays. */
  begin() {
    if (this.dataset.mode === "menu") this.#toggle.focus();
    else this.#area.focus();
  }

  /** WeChat begins with the menu, if there is one; a menu that comes later takes nothing away. */
  #offered() {
    const offers = this.#menu.offers;
    this.#toggle.hidden = !offers;
    if (offers && this.dataset.mode) return;
    const begun = document.activeElement === this.#area;
    this.menu(offers && !this.#area.value && this.#sheet.hidden);
    if (begun && this.dataset.mode === "menu") this.#toggle.focus();
  }

  #changed() {
    this.#drafts.set(this.#key, this.#area.value);
    this.#key = keyOf(world);
    this.#area.value = this.#drafts.get(this.#key) ?? "";
    this.#place = 0;
    this.#open("");
    this.#allowed();
    this.#typed();
  }

  #allowed() {
    const follower = world.current;
    this.hidden = !follower;
    this.#area.placeholder = say(follower?.following ? "say_hint" : "say_stranger");
  }

  #typed() {
    const size = bytes(this.#area.value);
    fill(this.#meter, size ? `${size} / ${LIMIT}` : "");
    this.#meter.classList.toggle("over", size > LIMIT);
    this.classList.toggle("typing", size > 0);
    this.#send.hidden = size === 0;
    this.#plus.hidden = size > 0;
    this.#area.style.height = "auto";
    this.#area.style.height = `${Math.min(this.#area.scrollHeight, 120)}px`;
  }

  /** @param {KeyboardEvent} event */
  #key_(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (
      event.key === "ArrowUp" &&
      !event.altKey &&
      (this.#area.value === "" || this.#place > 0)
    ) {
      this.#recall(event, 1);
    } else if (event.key === "ArrowDown" && !event.altKey && this.#place > 0) {
      this.#recall(event, -1);
    } else {
      this.#place = 0;
    }
  }

  /** @param {KeyboardEvent} event @param {number} by */
  #recall(event, by) {
    const said = this.#said.get(this.#key) ?? [];
    const place = Math.min(this.#place + by, said.length);
    event.preventDefault();
    this.#place = place;
    this.#area.value = place ? said[said.length - place] : "";
    this.#typed();
  }

  async #submit() {
    const text = this.#area.value;
    if (!text) return;
    const key = this.#key;
    this.#area.value = "";
    this.#place = 0;
    this.#typed();
    this.#said.set(key, [...(this.#said.get(key) ?? []), text]);
    if (!(await act({ do: "text", text })) && key === this.#key && !this.#area.value) {
      this.#area.value = text;
      this.#typed();
    }
  }

  /** @param {string} text */
  #insert(text) {
    let { selectionStart: from, selectionEnd: to } = this.#area;
    // A browser may forget the caret of a field that has no focus: go on where the last one ended.
    if (document.activeElement !== this.#area && this.#area.value === this.#inserted.value)
      from = to = this.#inserted.end;
    this.#area.setRangeText(text, from, to, "end");
    this.#inserted = { value: this.#area.value, end: from + text.length };
    this.#typed();
  }

  /** @param {""|"emoji"|"attach"} name */
  #open(name) {
    const shown = !name || this.dataset.sheet === name ? "" : name;
    this.dataset.sheet = shown;
    this.#sheet.hidden = !shown;
    this.#smile.setAttribute("aria-expanded", `${shown === "emoji"}`);
    this.#plus.setAttribute("aria-expanded", `${shown === "attach"}`);
    if (shown === "emoji")
      fill(
        this.#sheet,
        palette((text) => this.#insert(text)),
      );
    if (shown === "attach")
      fill(
        this.#sheet,
        attachSheet(() => this.#open("")),
      );
    this.dispatchEvent(new CustomEvent("resized", { bubbles: true }));
  }
}

/** @param {(text: string) => void} insert */
function palette(insert) {
  return h(
    "div",
    { class: "palette", role: "group", "aria-label": say("emoji") },
    ...[...EMOJI].map(([name, glyph]) =>
      button("emoji-choice", glyph, () => insert(`[${name}]`), {
        class: "glyph",
        title: `[${name}]`,
        "aria-label": `[${name}]`,
      }),
    ),
    h("h2", {}, say("trouble")),
    ...TROUBLE.map(([label, text]) =>
      button("trouble-choice", label, () => insert(text), { class: "trouble" }),
    ),
  );
}

customElements.define("yz-composer", Composer);
export { Composer };
