// @ts-check
// A square with the first character of a name, in a colour of its own.

import { h } from "./dom.js";

const COLOURS = 8;

/** @param {string} name @param {string} seed what the colour is taken from; "" for an account */
export function avatar(name, seed) {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  const colour = seed ? `c${sum % COLOURS}` : "official";
  return h("span", { class: `avatar ${colour}`, "aria-hidden": "true" }, [...name][0] ?? "?");
}
