// @ts-check
/** @import {Child, Props} from "./dom.js" */
// A button that opens a small panel beside it: the account's sub-menus, the clock, "more".

import { arrows, button, fill, h } from "./dom.js";

let count = 0;

/**
 * @param {string} testid
 * @param {Child[]} face what the button shows
 * @param {(close: () => void) => Child[]} content made anew at each opening
 * @param {{menu?: boolean, label?: string, class?: string}} [how] a menu of `role=menuitem` buttons, or a panel
 */
export function dropdown(testid, face, content, { menu = false, label, class: name = "" } = {}) {
  const id = `dropdown-${(count += 1)}`;
  const panel = h("div", {
    id,
    class: "panel",
    testid: `${testid}-panel`,
    hidden: true,
    role: menu ? "menu" : "group",
    "aria-label": label,
  });
  const opener = button(testid, face, () => (panel.hidden ? open() : close()), {
    "aria-haspopup": menu ? "menu" : "true",
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-label": label,
    title: label,
  });
  const box = h("div", { class: `dropdown ${name}` }, opener, panel);

  function open() {
    fill(panel, ...content(close));
    panel.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside);
    const first = /** @type {HTMLElement|null} */ (panel.querySelector("button, input, select, a"));
    first?.focus({ preventScroll: true });
  }

  function close() {
    if (panel.hidden) return;
    const inside = panel.contains(document.activeElement);
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside);
    if (inside) opener.focus();
  }

  /** @param {Event} event */
  function outside(event) {
    if (!box.contains(/** @type {Node} */ (event.target))) close();
  }

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    close();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(/** @type {Node} */ (event.relatedTarget))) close();
  });
  if (menu) arrows(panel, "[role=menuitem]", { vertical: true });
  return box;
}

/** @param {string} testid @param {Child[]} face @param {() => void} action @param {Props} [props] */
export function item(testid, face, action, props = {}) {
  return button(testid, face, action, { role: "menuitem", class: "item", ...props });
}
