// @ts-check
// The sheet behind the plus: everything that a follower can send or do.

import {
  act,
  agree,
  anyEvent,
  raw,
  reportLocation,
  sendFile,
  sendLink,
  sendLocation,
  sendMedia,
  sendProgram,
} from "./act.js";
import { scan } from "./codes.js";
import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./say.js";

/** @type {[string, string, string, () => unknown][]} testid, icon, phrase, action */
const OFFERS = [
  ["image", "image", "kind_image", () => sendMedia("image")],
  ["voice", "voice", "kind_voice", () => sendMedia("voice")],
  ["video", "video", "kind_video", () => sendMedia("video")],
  ["shortvideo", "short", "kind_shortvideo", () => sendMedia("shortvideo")],
  ["location", "location", "kind_location", sendLocation],
  ["link", "link", "kind_link", sendLink],
  ["file", "file", "kind_file", sendFile],
  ["program", "program", "kind_miniprogrampage", sendProgram],
  ["agree", "agree", "do_agree", agree],
  ["scan", "scan", "do_scan", scan],
  ["sticker", "sticker", "do_unsupported", () => act({ do: "unsupported" })],
  ["report", "beacon", "do_report_location", reportLocation],
  ["event", "bolt", "do_event", anyEvent],
  ["raw", "code", "do_raw", raw],
];

/** @param {() => void} close */
export function attachSheet(close) {
  const offers = OFFERS.map(([testid, name, phrase, action]) =>
    button(
      `attach-${testid}`,
      [h("span", { class: "tile" }, icon(name)), h("span", {}, say(phrase))],
      () => {
        close();
        action();
      },
      { class: "offer" },
    ),
  );
  return h("div", { class: "offers", role: "group", "aria-label": say("attach") }, ...offers);
}
