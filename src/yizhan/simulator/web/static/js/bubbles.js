// @ts-check
/** @import {Entry} from "./types.js" */
// How each kind of message looks.

import { scanned } from "./codes.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { film, picture, size, source, voice } from "./media.js";
import { outside, plain, rich } from "./rich.js";
import { say, sayOr } from "./say.js";

/** @typedef {import("./rich.js").OnMenu} OnMenu */
/** @typedef {Record<string, any>} Content */

/** @type {Record<string, (content: Content, entry: Entry, onMenu: OnMenu) => HTMLElement>} */
const KINDS = {
  text: ({ text }, { side }, onMenu) =>
    h(
      "div",
      { class: "bubble text" },
      ...(side === "follower" ? plain(`${text}`) : rich(`${text}`, onMenu)),
    ),
  image: ({ url, scene }) =>
    h(
      "div",
      { class: "bubble media" },
      picture(source(url), say("kind_image")),
      scene
        ? h("button", { type: "button", class: "words", testid: "recognise", onclick: () => scanned(scene) }, icon("scan"), say("recognise"))
        : null,
    ),
  voice: (content) => h("div", { class: "bubble" }, voice(/** @type {any} */ (content))),
  video: moving,
  shortvideo: moving,
  music: ({ title, description, url, hq_url: better, thumb_url: thumb }) =>
    h(
      "div",
      { class: "bubble card music" },
      h("span", { class: "side" }, thumb ? picture(source(thumb), "", "cover") : icon("music")),
      h(
        "div",
        { class: "words" },
        h("strong", {}, title || say("kind_music")),
        h("span", {}, description ?? ""),
      ),
      url || better ? outside(url || better, "▶") : null,
      foot("music", say("kind_music")),
    ),
  news: ({ articles }) => news(/** @type {Content[]} */ (articles ?? [])),
  location: ({ label, latitude, longitude, scale }) =>
    h(
      "div",
      { class: "bubble card place" },
      h(
        "div",
        { class: "words" },
        h("strong", {}, label || say("kind_location")),
        h("span", {}, `${latitude}, ${longitude}${scale ? ` · ${scale}×` : ""}`),
      ),
      h("div", { class: "map", "aria-hidden": "true" }, icon("location")),
    ),
  link: ({ title, description, url }) =>
    h(
      "div",
      { class: "bubble card" },
      h(
        "div",
        { class: "words" },
        h("strong", {}, outside(url ?? "", title || url || "")),
        h("span", {}, description ?? ""),
      ),
      h("span", { class: "side" }, icon("link")),
    ),
  file: ({ title, description, size: bytes }) =>
    h(
      "div",
      { class: "bubble card" },
      h(
        "div",
        { class: "words" },
        h("strong", {}, title ?? ""),
        h("span", {}, [description, bytes ? size(bytes) : ""].filter(Boolean).join(" · ")),
      ),
      h("span", { class: "side" }, icon("file")),
    ),
  template: ({ title, text, url }) =>
    h(
      "div",
      { class: "bubble card template" },
      h(
        "div",
        { class: "words" },
        h("strong", {}, url ? outside(url, title || url) : (title ?? "")),
        h("p", {}, text ?? ""),
      ),
      foot("card", say("kind_template")),
    ),
  miniprogrampage: ({ title, appid, pagepath, thumb_url: thumb }) =>
    h(
      "div",
      { class: "bubble card program", title: `${appid ?? ""} ${pagepath ?? ""}` },
      h("div", { class: "words" }, h("strong", {}, title ?? ""), h("span", {}, pagepath ?? "")),
      thumb
        ? picture(source(thumb), "", "cover")
        : h("span", { class: "cover absent" }, icon("program")),
      foot("program", say("kind_miniprogrampage")),
    ),
  msgmenu: ({ head, items, tail }, _, onMenu) =>
    h(
      "div",
      { class: "bubble text choices" },
      head ? h("p", {}, ...rich(head, onMenu)) : null,
      ...(items ?? []).map((/** @type {{id: string, content: string}} */ { id, content }) =>
        h(
          "button",
          {
            type: "button",
            class: "phrase",
            testid: "msgmenu-item",
            onclick: () => onMenu({ text: content, id }),
          },
          content,
        ),
      ),
      tail ? h("p", {}, ...rich(tail, onMenu)) : null,
    ),
};

/** The body of an entry in a bubble. @param {Entry} entry @param {OnMenu} onMenu */
export function bubble(entry, onMenu) {
  return (KINDS[entry.kind] ?? other)(entry.content, entry, onMenu);
}

/** @param {Content} content */
function moving(content) {
  return h(
    "div",
    { class: "bubble media" },
    film(content),
    content.title || content.description
      ? h(
          "div",
          { class: "words" },
          h("strong", {}, content.title ?? ""),
          h("span", {}, content.description ?? ""),
        )
      : null,
  );
}

/** @param {Content[]} articles */
function news(articles) {
  const [first, ...rest] = articles;
  if (!first) return h("div", { class: "bubble text" }, say("kind_news"));
  const lone = rest.length === 0;
  return h(
    "div",
    { class: lone ? "bubble card news lone" : "bubble card news" },
    h(
      "div",
      { class: "lead" },
      picture(first.picture ?? "", "", "cover"),
      h("strong", {}, outside(first.url ?? "", first.title ?? "")),
    ),
    lone && first.description ? h("p", {}, first.description) : null,
    ...rest.map(({ title, picture: address, url }) =>
      h(
        "div",
        { class: "article" },
        h("span", {}, outside(url ?? "", title ?? "")),
        picture(address ?? "", "", "thumb"),
      ),
    ),
  );
}

/** Cards that only the platform could draw, by their id. @param {Content} content @param {Entry} entry */
function other(content, { kind }) {
  return h(
    "div",
    { class: "bubble card" },
    h(
      "div",
      { class: "words" },
      h("strong", {}, sayOr(`kind_${kind}`, kind)),
      h("code", {}, content.id ?? JSON.stringify(content)),
    ),
    h("span", { class: "side" }, icon("card")),
  );
}

/** @param {string} name @param {string} text */
const foot = (name, text) => h("div", { class: "foot" }, icon(name), text);
