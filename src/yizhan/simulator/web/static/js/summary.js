// @ts-check
/** @import {Entry} from "./types.js" */
// One line for an entry, as WeChat's conversation list shows it.

import { glyphs } from "./emoji.js";
import { say } from "./say.js";

/** @param {Entry|null} entry */
export function summary(entry) {
  if (!entry) return "";
  const { kind, content } = entry;
  switch (kind) {
    case "text":
      return glyphs(`${content.text}`.replace(/<[^>]*>/g, ""));
    case "news":
      return `${content.articles?.[0]?.title ?? ""}`;
    case "notice":
      return content.text;
    case "event":
      return happened(content);
    case "transfer":
      return say("transferred");
    case "msgmenu":
      return content.head;
    default:
      return `[${say(`kind_${kind}`)}]${content.title ? ` ${content.title}` : ""}`;
  }
}

/** What the follower did, in words. @param {Record<string, any>} content */
export function happened({ name, key }) {
  const known = {
    subscribe: "did_subscribe",
    unsubscribe: "did_unsubscribe",
    SCAN: "did_scan",
    CLICK: "did_click",
    VIEW: "did_view",
  };
  const phrase = known[/** @type {keyof typeof known} */ (name)];
  return phrase
    ? say(phrase, { key: key ?? "" }).trim()
    : say("did_event", { name, key: key ?? "" }).trim();
}
