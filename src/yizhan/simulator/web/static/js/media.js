// @ts-check
/** @import {Media} from "./types.js" */
// Pictures, sounds and films in bubbles; and a picker for those to be sent.

import { api } from "./api.js";
import { button, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

/** Media addresses are paths under the API. @param {string} url */
export const source = (url) => (url ? `api${url}` : "");

/** A picture; from another origin it is only named, since nothing is fetched from outside. @param {string} url @param {string} alt @param {string} [name] */
export function picture(url, alt, name = "picture") {
  if (!url) return missing(name, say("media_unknown"));
  const here =
    !/^[a-z]+:/i.test(url) ||
    url.startsWith("blob:") ||
    new URL(url, location.href).origin === location.origin;
  if (!here) return missing(name, URL.canParse(url) ? new URL(url).host : url, url);
  const image = h("img", { class: name, src: url, alt });
  image.addEventListener("error", () => image.replaceWith(missing(name, say("media_broken"))));
  return image;
}

/** @param {string} name @param {string} text @param {string} [title] */
function missing(name, text, title) {
  return h(
    "span",
    { class: `${name} absent`, title: title ?? text },
    icon("image"),
    h("span", {}, text),
  );
}

/** @param {{url: string, format?: string}} content */
export function voice({ url, format }) {
  const audio = h("audio", { src: source(url) || null, preload: "metadata" });
  const length = h("span", { class: "length" }, "");
  const play = button(
    "voice",
    [icon("voice"), length],
    () => (audio.paused ? audio.play().catch(mute) : audio.pause()),
    { class: "voice", "aria-label": say("play_voice") },
  );
  const mute = () => {
    play.classList.add("mute");
    length.textContent = (format ?? "").toUpperCase();
    play.title = say("cannot_play", { format: format ?? "" });
  };
  audio.addEventListener("loadedmetadata", () => {
    const whole = Math.max(1, Math.round(Number.isFinite(audio.duration) ? audio.duration : 1));
    length.textContent = `${whole}″`;
    play.style.setProperty("--seconds", `${Math.min(whole, 60)}`);
  });
  audio.addEventListener("error", mute);
  audio.addEventListener("play", () => play.classList.add("playing"));
  for (const over of ["pause", "ended"])
    audio.addEventListener(over, () => play.classList.remove("playing"));
  if (!url) mute();
  play.append(audio);
  return play;
}

/** @param {Record<string, any>} content */
export function film({ url, thumb_url: thumb, title }) {
  if (!url) return missing("picture", say("media_unknown"));
  const video = h("video", {
    class: "film",
    src: source(url),
    poster: thumb ? source(thumb) : null,
    controls: true,
    preload: "none",
    "aria-label": title || say("kind_video"),
  });
  video.addEventListener("error", () => video.classList.add("broken"));
  return video;
}

const ACCEPT = { image: "image/*", voice: "audio/*,.amr", video: "video/*", thumb: "image/jpeg" };

/**
 * A choice among the account's media of one type, with upload.
 * @param {keyof typeof ACCEPT} type
 * @param {{many?: boolean}} [how]
 */
export async function picker(type, { many = false } = {}) {
  const place = `/accounts/${encodeURIComponent(world.account)}/media`;
  const all = /** @type {Media[]} */ ((await tried(() => api.get(place))) ?? []);
  const list = h("div", {
    class: "media-list",
    role: many ? "group" : "radiogroup",
    "aria-label": say(`kind_${type}`),
  });
  const upload = h("input", {
    type: "file",
    accept: ACCEPT[type],
    testid: "media-upload",
    "aria-label": say("upload"),
  });

  /** @param {Media} media @param {boolean} checked */
  const choice = (media, checked) =>
    h(
      "label",
      { class: "pick" },
      h("input", {
        type: many ? "checkbox" : "radio",
        name: "media",
        value: media.media_id,
        checked,
        testid: "media-choice",
      }),
      type === "image"
        ? picture(source(media.url), "", "thumb")
        : icon(type === "voice" ? "voice" : "video"),
      h(
        "span",
        { class: "file" },
        media.name,
        h(
          "small",
          {},
          `${media.sample ? say("sample") : media.content_type} · ${size(media.size)}`,
        ),
      ),
    );

  const fitting = all.filter((media) => media.type === type);
  fill(list, ...fitting.map((media, at) => choice(media, at === 0)));
  upload.addEventListener("change", async () => {
    const file = upload.files?.[0];
    if (!file) return;
    const media = await tried(() => api.upload(place, { type, name: file.name }, file));
    if (media) list.prepend(choice(media, true));
    upload.value = "";
  });
  const element = h(
    "fieldset",
    { class: "picker" },
    h("legend", {}, say("choose_media")),
    list,
    h("label", { class: "upload" }, say("upload"), upload),
  );
  const chosen = () =>
    [...list.querySelectorAll("input:checked")].map(
      (each) => /** @type {HTMLInputElement} */ (each).value,
    );
  return { element, chosen };
}

/** @param {number} bytes */
export const size = (bytes) =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1_048_576
      ? `${(bytes / 1024).toFixed(1)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;
