// @ts-check
/** @import {Child} from "./dom.js" */
// Dialogs: one that asks for values, one that shows something.

import { button, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./say.js";

/**
 * @typedef {{name: string, label: string, type?: "text"|"number"|"url"|"textarea"|"checkbox"|"select",
 *   value?: any, options?: [string, string][], hint?: string, rows?: number, required?: boolean}} Field
 */

/** @param {string} testid @param {string} title @param {Child[]} content @param {() => void} [closed] */
function frame(testid, title, content, closed) {
  const id = `${testid}-title`;
  const close = button("dialog-close", icon("close"), () => dialog.close(), {
    class: "bare",
    "aria-label": say("close"),
  });
  const dialog = h(
    "dialog",
    { class: "dialog", testid, "aria-labelledby": id },
    h("header", {}, h("h2", { id }, title), close),
    ...content,
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed?.();
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Shows something until it is closed. @param {string} testid @param {string} title @param {...Child} content */
export function show(testid, title, ...content) {
  return frame(testid, title, [h("div", { class: "content" }, ...content)]);
}

/**
 * Asks for values; null when the person thinks better of it.
 * @param {string} testid
 * @param {string} title
 * @param {Field[]} fields
 * @param {{submit?: string, extra?: HTMLElement, note?: string, read?: () => Record<string, any>}} [how]
 * @returns {Promise<Record<string, any>|null>}
 */
export function ask(testid, title, fields, { submit = say("send"), extra, note, read } = {}) {
  return new Promise((resolve) => {
    const inputs = fields.map(input);
    const form = h(
      "form",
      { class: "content", novalidate: true },
      note ? h("p", { class: "note" }, note) : null,
      ...fields.map((field, place) => labelled(field, inputs[place])),
      extra ?? null,
      h(
        "footer",
        {},
        button("dialog-cancel", say("cancel"), () => dialog.close(), { class: "plain" }),
        h("button", { type: "submit", class: "primary", testid: "dialog-submit" }, submit),
      ),
    );
    const dialog = frame(testid, title, [form], () => resolve(null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = Object.fromEntries(
        fields.map((field, place) => [field.name, valueOf(field, inputs[place])]),
      );
      resolve({ ...values, ...read?.() });
      dialog.close();
    });
    (inputs[0] ?? extra?.querySelector("input, select, button"))?.focus();
  });
}

/** @param {Field} field @returns {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} */
export function input({ name, type = "text", value = "", options = [], rows = 4 }) {
  const props = { name, id: `field-${name}`, testid: `field-${name}`, autocomplete: "off" };
  if (type === "textarea") return h("textarea", { ...props, rows, value, spellcheck: "false" });
  if (type === "checkbox") return h("input", { ...props, type, checked: Boolean(value) });
  if (type === "select") {
    const list = options.map(([key, text]) =>
      h("option", { value: key, selected: key === `${value}` }, text),
    );
    return h("select", props, ...list);
  }
  return h("input", {
    ...props,
    type: type === "number" ? "text" : type,
    inputmode: type === "number" ? "decimal" : null,
    value: `${value}`,
  });
}

/** @param {Field} field @param {HTMLElement} control */
function labelled({ name, label, type, hint }, control) {
  const words = h("label", { for: `field-${name}` }, label);
  const row = h("div", { class: type === "checkbox" ? "field check" : "field" });
  fill(
    row,
    ...(type === "checkbox" ? [control, words] : [words, control]),
    hint ? h("small", {}, hint) : null,
  );
  return row;
}

/** @param {Field} field @param {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} control */
export function valueOf({ type }, control) {
  if (type === "checkbox") return /** @type {HTMLInputElement} */ (control).checked;
  if (type === "number") return control.value.trim() === "" ? undefined : Number(control.value);
  return control.value;
}
