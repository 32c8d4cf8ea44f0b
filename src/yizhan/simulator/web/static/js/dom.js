// @ts-check
// The one way to make elements: text is always text, never markup.

/** @typedef {Node|string|number|null|undefined|false} Child */
/** @typedef {Record<string, any>} Props */

/**
 * An element. Of the props, `testid` becomes `data-testid`, functions named `on…` become
 * listeners, `value` and `checked` are set as properties, true and false toggle the attribute.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  attributes(element, props);
  element.append(...present(children));
  return element;
}

/** @param {Element} element @param {Props} props */
export function attributes(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") /** @type {any} */ (element)[name] = value;
    else
      element.setAttribute(
        name === "testid" ? "data-testid" : name,
        value === true ? "" : `${value}`,
      );
  }
}

/** @param {Child[]} children @returns {(Node|string)[]} */
export function present(children) {
  return children.flatMap((child) =>
    child === null || child === undefined || child === false
      ? []
      : [child instanceof Node ? child : `${child}`],
  );
}

/** Replaces what an element holds. @param {Element} element @param {...Child} children */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/**
 * A button with an icon, a text or both; `label` is what a screen reader says of a bare icon.
 * @param {string} testid
 * @param {Child[]|Child} content
 * @param {() => void} action
 * @param {Props} [props]
 */
export function button(testid, content, action, props = {}) {
  const children = Array.isArray(content) ? content : [content];
  return h("button", { type: "button", testid, onclick: action, ...props }, ...children);
}

/** @template T @param {T|null|undefined} value @returns {T} */
export function must(value) {
  if (value === null || value === undefined) throw new Error("missing part of the page");
  return value;
}

/**
 * Moves the focus among buttons with the arrow keys, as tab lists and menus do.
 * @param {HTMLElement} container
 * @param {string} selector
 * @param {{vertical?: boolean}} [how]
 */
export function arrows(container, selector, { vertical = false } = {}) {
  const [back, on] = vertical ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  container.addEventListener("keydown", (event) => {
    const items = /** @type {HTMLElement[]} */ ([...container.querySelectorAll(selector)]);
    const place = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (place < 0 || event.altKey) return;
    const steps = { [back]: place - 1, [on]: place + 1, Home: 0, End: items.length - 1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items[(next + items.length) % items.length].focus();
  });
}

/**
 * The same, with one of them a tab stop however many there are. What it returns is to be called
 * when there are others: the stop is then `chosen` or the first, or stays where the focus is.
 * @param {HTMLElement} container
 * @param {string} selector
 * @param {{vertical?: boolean}} [how]
 */
export function rove(container, selector, how) {
  /** @param {Element|null|undefined} chosen */
  const settle = (chosen) => {
    const items = /** @type {HTMLElement[]} */ ([...container.querySelectorAll(selector)]);
    const stop = items.find((item) => item === chosen) ?? items[0];
    for (const item of items) item.tabIndex = item === stop ? 0 : -1;
  };
  arrows(container, selector, how);
  container.addEventListener("focusin", ({ target }) => {
    const item = /** @type {Element} */ (target).closest(selector);
    if (item) settle(item);
  });
  /** @param {Element|null} [chosen] */
  return (chosen) => {
    const inside = container.contains(document.activeElement);
    settle(inside ? container.querySelector(`${selector}[tabindex="0"]`) : chosen);
  };
}
