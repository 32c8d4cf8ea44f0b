// @ts-check
// A square with the telling character of a name, in a colour of its own.

import { h } from "./dom.js";

const COLOURS = 8;
const CHINESE = /^\p{Script=Han}{2,3}$/u;

/** @param {string} name @param {number|null} place which of the followers it is; null for an account */
export function avatar(name, place) {
  const colour = place === null ? "official" : `c${colourOf(place)}`;
  return h("span", { class: `avatar ${colour}`, "aria-hidden": "true" }, letter(name, place !== null));
}

/** Neighbours differ, and so do those who have the same name after eight others. @param {number} place */
const colourOf = (place) => (place + Math.floor(place / COLOURS) * 3) % COLOURS;

/** Of the people 小明 and 小红 it is the last character that tells them apart. @param {string} name @param {boolean} person */
function letter(name, person) {
  const word = name.replace(/[\s↺]+$/u, "");
  const all = [...word];
  return (person && CHINESE.test(word) ? all.at(-1) : all[0]?.toUpperCase()) ?? "?";
}
