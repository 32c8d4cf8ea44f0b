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

/** @param {Fault[]} faults */
function put(faults) {
  return tried(() => api.put(`/accounts/${encodeURIComponent(world.account)}/faults`, faults));
}

/** One kind of fault. What a person has chosen stays until this fault itself changes. */
class FaultRow extends HTMLElement {
  #kind = "";
  #shown = "";
  #on = h("input", { type: "checkbox", role: "switch" });
  #left = h("span", { class: "chip notice" });
  #times = h(
    "select",
    { "aria-label": say("times") },
    ...TIMES.map(([phrase, count]) => h("option", { value: count ?? "all" }, say(phrase))),
  );
  #only = h("input", { type: "checkbox" });
  /** @type {{name: string, number: boolean, control: HTMLInputElement}[]} */ #values = [];

  /** @param {FaultKind} kind */
  of({ kind, text, times, values }) {
    const id = `fault-${kind}`;
    this.#kind = kind;
    this.#values = Object.entries(values).map(([name, value]) => ({
      name,
      number: typeof value === "number",
      control: h("input", { value, size: 6, "aria-label": sayOr(`value_${name}`, name) }),
    }));
    const named = { "": this.#on, "-times": this.#times, "-only": this.#only };
    for (const { name, control } of this.#values) Object.assign(named, { [`-${name}`]: control });
    for (const [end, control] of Object.entries(named)) {
      control.id = `${id}${end}`;
      control.dataset.testid = control.id;
      control.addEventListener(
        "change",
        () => (control === this.#on || this.#on.checked) && this.#send(),
      );
    }
    this.#times.value = `${times}`;
    fill(
      this,
      h("div", { class: "line" }, this.#on, h("label", { for: id }, text), this.#left),
      h(
        "div",
        { class: "how" },
        ...this.#values.flatMap(({ name, control }) => [
          h("label", { for: control.id }, sayOr(`value_${name}`, name)),
          control,
        ]),
        this.#times,
        this.#only,
        h("label", { for: this.#only.id }, say("only_follower")),
      ),
    );
    return this;
  }

  /** @param {Fault[]} faults */
  show(faults) {
    const fault = faults.find(({ kind }) => kind === this.#kind);
    const told = JSON.stringify(fault ?? null);
    if (told === this.#shown) return;
    this.#shown = told;
    this.className = fault ? "fault on" : "fault";
    this.#on.checked = Boolean(fault);
    this.#left.hidden = !fault;
    if (!fault) return;
    const { times, openid, values } = fault;
    fill(this.#left, times === null ? say("times_all") : say("times_left", { count: times }));
    if (TIMES.some(([, count]) => count === times)) this.#times.value = `${times ?? "all"}`;
    this.#only.checked = Boolean(openid);
    for (const { name, control } of this.#values) control.value = `${values[name]}`;
  }

  #send() {
    const others = (world.faults[world.account] ?? []).filter(({ kind }) => kind !== this.#kind);
    const values = this.#values.map(({ name, number, control }) => [
      name,
      number ? Number(control.value) : control.value,
    ]);
    const fault = {
      kind: this.#kind,
      times: this.#times.value === "all" ? null : Number(this.#times.value),
      openid: this.#only.checked ? world.openid : null,
      values: Object.fromEntries(values),
    };
    put(this.#on.checked ? [...others, fault] : others);
  }
}

/** One thing that public facts leave open: one of its values, or any number. */
class OptionRow extends HTMLElement {
  #name = "";
  /** @type {unknown[]} */ #allowed = [];
  /** @type {HTMLInputElement|HTMLSelectElement} */ #control = h("input");

  /** @param {OptionKind} option */
  of({ name, text, allowed, source }) {
    const id = `option-${name}`;
    this.#name = name;
    this.#allowed = allowed;
    this.#control = allowed.length
      ? h("select", { id, testid: id }, ...allowed.map((each) => h("option", {}, worded(each))))
      : h("input", { id, testid: id, size: 6, inputmode: "decimal" });
    this.#control.addEventListener("change", () => this.#send());
    this.className = "option";
    fill(this, h("label", { for: id }, text), this.#control, h("small", {}, source ?? ""));
    return this;
  }

  show() {
    const value = world.options[this.#name];
    if (this.#control instanceof HTMLInputElement) this.#control.value = `${value}`;
    else this.#control.selectedIndex = this.#allowed.indexOf(value);
  }

  #send() {
    const chosen =
      this.#control instanceof HTMLInputElement
        ? Number(this.#control.value)
        : this.#allowed[this.#control.selectedIndex];
    tried(() => api.patch("/options", { [this.#name]: chosen })).then(
      (done) => done ?? this.show(),
    );
  }
}

class Faults extends HTMLElement {
  /** @type {FaultRow[]} */ #rows = [];
  /** @type {OptionRow[]} */ #options = [];
  #off = button("faults-off", say("faults_off"), () => put([]), { class: "tool", hidden: true });

  connectedCallback() {
    fill(this, h("p", { class: "empty" }, say("loading")));
    world.on("state", async () => {
      const catalogue = await tried(() => world.catalogue());
      if (catalogue && !this.#rows.length) this.#draw(catalogue);
      this.#show();
    });
    world.on("faults options chosen", () => this.#show());
  }

  /** @param {Catalogue} catalogue */
  #draw({ faults, options }) {
    const rows = Map.groupBy(
      faults.map((kind) => ({ group: kind.group, row: new FaultRow().of(kind) })),
      ({ group }) => group,
    );
    this.#rows = [...rows.values()].flat().map(({ row }) => row);
    this.#options = options.map((option) => new OptionRow().of(option));
    fill(
      this,
      this.#off,
      ...[...rows].flatMap(([group, members]) => [
        h("h2", {}, say(`faults_${group}`)),
        h("p", { class: "note" }, say(`faults_${group}_note`)),
        h("div", { class: "faults" }, ...members.map(({ row }) => row)),
      ]),
      h("h2", {}, say("options_title")),
      h("p", { class: "note" }, say("options_note")),
      h("div", { class: "options" }, ...this.#options),
    );
  }

  #show() {
    const faults = world.faults[world.account] ?? [];
    this.#off.hidden = faults.length === 0;
    for (const row of this.#rows) row.show(faults);
    for (const option of this.#options) option.show();
  }
}

/** @param {unknown} value */
const worded = (value) =>
  typeof value === "boolean" ? say(value ? "yes" : "no") : sayOr(`choice_${value}`, `${value}`);

customElements.define("yz-fault", FaultRow);
customElements.define("yz-option", OptionRow);
customElements.define("yz-faults", Faults);
