// @ts-check
// The text of a bubble: WeChat allows links in it and nothing else, and neither does this.

import { h } from "./dom.js";
import { glyphs } from "./emoji.js";
import { say } from "./say.js";

const ANCHOR = /<a\s+([^>]*)>([\s\S]*?)<\/a>/gi;
const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/g;
const BARE = /https?:\/\/[\w\-.~:/?#@!$&'*+,;=%]+[\w/#=&]/g;

/** @typedef {(item: {text: string, id: string}) => void} OnMenu */

/** Text as an account may send it: links, tappable phrases, emoji. @param {string} text @param {OnMenu} onMenu @returns {(Node|string)[]} */
export function rich(text, onMenu) {
  const parts = /** @type {(Node|string)[]} */ ([]);
  let end = 0;
  for (const found of text.matchAll(ANCHOR)) {
    parts.push(...plain(text.slice(end, found.index)), anchor(found[1], found[2], onMenu));
    end = found.index + found[0].length;
  }
  return [...parts, ...plain(text.slice(end))];
}

/** Text as a follower sends it: bare addresses and emoji only. @param {string} text @returns {(Node|string)[]} */
export function plain(text) {
  const parts = /** @type {(Node|string)[]} */ ([]);
  let end = 0;
  for (const found of text.matchAll(BARE)) {
    parts.push(glyphs(text.slice(end, found.index)), outside(found[0], found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, glyphs(text.slice(end))].filter((part) => part !== "");
}

/** A link that leaves the page in a tab of its own; a plain text if it is no web address. @param {string} url @param {string} label */
export function outside(url, label) {
  if (!/^https?:\/\//i.test(url)) return h("span", { class: "dead", title: url }, label);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", testid: "link" }, label);
}

/** @param {string} inside @param {string} label @param {OnMenu} onMenu */
function anchor(inside, label, onMenu) {
  const given = Object.fromEntries(
    [...inside.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) => [
      name.toLowerCase(),
      decode(double ?? single ?? bare),
    ]),
  );
  const text = glyphs(label.replace(/<[^>]*>/g, ""));
  const href = given.href ?? "";
  if (/^weixin:\/\/bizmsgmenu\?/i.test(href)) {
    const query = new URLSearchParams(href.slice(href.indexOf("?") + 1));
    const item = { text: query.get("msgmenucontent") ?? text, id: query.get("msgmenuid") ?? "" };
    return h(
      "button",
      { type: "button", class: "phrase", testid: "msgmenu-link", onclick: () => onMenu(item) },
      text,
    );
  }
  if (given["data-miniprogram-appid"]) {
    const told = say("opens_program", {
      appid: given["data-miniprogram-appid"],
      path: given["data-miniprogram-path"] ?? "",
    });
    return h("span", { class: "phrase", title: told }, text);
  }
  return outside(href, text);
}

/** @param {string} text */
function decode(text) {
  return text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name) =>
      ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[/** @type {"amp"} */ (name)],
  );
}
