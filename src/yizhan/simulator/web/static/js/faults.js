// @ts-check
/** @import {Catalogue, Fault, FaultKind, OptionKind} from "./types.js" */
// Switches for what goes wrong between WeChat and a server, and for what nobody knows of WeChat.

import { api } from "./api.js";
import { button, fill, h } from "./dom.js";
import { say, sayOr } from "./say.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

const TIMES = /** @type {[string, number|null][]} */ ([
  ["times_1", 1],
  ["times_3", 3],
  ["times_all", null],
]);

class Faults extends HTMLElement {
  /** @type {Catalogue|null} */ #catalogue = null;

  connectedCallback() {
    fill(this, h("p", { class: "empty" }, say("loading")));
    world.on("state", async () => {
      this.#catalogue = (await tried(() => world.catalogue())) ?? null;
      this.#draw();
    });
    world.on("faults options chosen", () => this.#draw());
  }

  #draw() {
    const catalogue = this.#catalogue;
    if (!catalogue || !world.account) return;
    const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.id;
    const active = world.faults[world.account] ?? [];
    fill(
      this,
      h("p", { class: "note" }, say("faults_note")),
      active.length
        ? button("faults-off", say("faults_off"), () => this.#put([]), { class: "tool" })
        : null,
      h(
        "div",
        { class: "faults", testid: "fault-list" },
        ...catalogue.faults.map((kind) =>
          this.#row(
            kind,
            active.find((fault) => fault.kind === kind.kind),
          ),
        ),
      ),
      h("h2", {}, say("options_title")),
      h("p", { class: "note" }, say("options_note")),
      h("div", { class: "options" }, ...catalogue.options.map(optionRow)),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  /** @param {Fault[]} faults */
  #put(faults) {
    return tried(() => api.put(`/accounts/${encodeURIComponent(world.account)}/faults`, faults));
  }

  /** @param {FaultKind} kind @param {Fault|undefined} active */
  #row({ kind, text, values: defaults }, active) {
    const values = { ...defaults, ...active?.values };
    const id = `fault-${kind}`;
    const times = h(
      "select",
      { id: `${id}-times`, testid: `${id}-times`, "aria-label": say("times") },
      ...TIMES.map(([phrase, count]) =>
        h(
          "option",
          { value: count ?? "all", selected: count === (active ? active.times : 1) },
          say(phrase),
        ),
      ),
    );
    const only = h("input", {
      type: "checkbox",
      id: `${id}-only`,
      testid: `${id}-only`,
      checked: Boolean(active?.openid),
    });
    const inputs = Object.entries(values).map(
      ([name, value]) =>
        /** @type {[string, HTMLInputElement, unknown]} */ ([
          name,
          h("input", {
            id: `${id}-${name}`,
            testid: `${id}-${name}`,
            value: `${value}`,
            size: 6,
            "aria-label": sayOr(`value_${name}`, name),
          }),
          value,
        ]),
    );
    const on = h("input", {
      type: "checkbox",
      role: "switch",
      id,
      testid: id,
      checked: Boolean(active),
    });
    const send = () => {
      const others = (world.faults[world.account] ?? []).filter((fault) => fault.kind !== kind);
      const fault = {
        kind,
        times: times.value === "all" ? null : Number(times.value),
        openid: only.checked ? world.openid : null,
        values: Object.fromEntries(
          inputs.map(([name, control, old]) => [
            name,
            typeof old === "number" ? Number(control.value) : control.value,
          ]),
        ),
      };
      this.#put(on.checked ? [...others, fault] : others);
    };
    on.addEventListener("change", send);
    for (const control of [times, only, ...inputs.map(([, each]) => each)])
      control.addEventListener("change", () => on.checked && send());
    return h(
      "div",
      { class: active ? "fault on" : "fault" },
      h(
        "div",
        { class: "line" },
        on,
        h("label", { for: id }, text),
        active
          ? h(
              "span",
              { class: "chip notice" },
              active.times === null ? say("times_all") : say("times_left", { count: active.times }),
            )
          : null,
      ),
      h(
        "div",
        { class: "how" },
        ...inputs.flatMap(([name, control]) => [
          h("label", { for: control.id }, sayOr(`value_${name}`, name)),
          control,
        ]),
        times,
        only,
        h("label", { for: only.id }, say("only_follower")),
      ),
    );
  }
}

/** @param {OptionKind} option */
function optionRow({ name, text, allowed, source }) {
  const id = `option-${name}`;
  const value = world.options[name];
  const set = (/** @type {unknown} */ chosen) =>
    tried(() => api.patch("/options", { [name]: chosen }));
  const control = allowed.length
    ? h(
        "select",
        {
          id,
          testid: id,
          onchange: () => set(allowed[/** @type {HTMLSelectElement} */ (control).selectedIndex]),
        },
        ...allowed.map((each) => h("option", { selected: each === value }, worded(each))),
      )
    : h("input", {
        id,
        testid: id,
        size: 6,
        inputmode: "decimal",
        value: `${value}`,
        onchange: () => set(Number(control.value)),
      });
  return h(
    "div",
    { class: "option" },
    h("label", { for: id }, text),
    control,
    source ? h("small", {}, source) : null,
  );
}

/** @param {unknown} value */
const worded = (value) =>
  typeof value === "boolean" ? say(value ? "yes" : "no") : sayOr(`choice_${value}`, `${value}`);

customElements.define("yz-faults", Faults);
