// @ts-check
/** @import {Button, Entry} from "./types.js" */
// What a follower does: each is one call of the API, some after a question.

import { api } from "./api.js";
import { ask, show } from "./dialog.js";
import { h } from "./dom.js";
import { picker } from "./media.js";
import { outside } from "./rich.js";
import { say } from "./say.js";
import { toast, tried } from "./toast.js";
import { keyOf, world } from "./world.js";

/** @param {Record<string, any>} action @returns {Promise<{push: string|null}|undefined>} */
export function act(action) {
  return tried(() => api.post(`${world.path()}/act`, action));
}

/** Everything before that entry again, by somebody to whom the bot is new. @param {Entry} entry */
export async function restart(entry) {
  const told = await tried(() => api.post(`${world.path(entry)}/restart`, { entry: entry.id }));
  if (!told) return;
  const { follower, next } = told;
  world.followers.set(keyOf(follower), follower);
  if (next?.do === "text") world.tell("draft", { key: keyOf(follower), text: next.text });
  await tried(() => world.choose(follower.account, follower.openid));
  toast(say("restarted", { name: follower.nickname }));
}

/** @param {"image"|"voice"|"video"|"shortvideo"} kind */
export async function sendMedia(kind) {
  const { element, chosen } = await picker(kind === "shortvideo" ? "video" : kind);
  const fields =
    kind === "voice"
      ? [{ name: "recognition", label: say("recognition"), hint: say("recognition_hint") }]
      : [];
  const values = await ask(`ask-${kind}`, say(`kind_${kind}`), /** @type {any} */ (fields), {
    extra: element,
    read: () => ({ media_id: chosen()[0] }),
  });
  if (values) await act({ do: kind, ...trimmed(values) });
}

export async function sendLocation() {
  const values = await ask("ask-location", say("kind_location"), place("上海市黄浦区人民大道"));
  if (values) await act({ do: "location", ...trimmed(values) });
}

export async function reportLocation() {
  const values = await ask("ask-report", say("do_report_location"), [
    ...place("").slice(0, 2),
    { name: "precision", label: say("precision"), type: "number", value: 65 },
  ]);
  if (values) await act({ do: "report_location", ...trimmed(values) });
}

/** @param {string} label @returns {import("./dialog.js").Field[]} */
function place(label) {
  return [
    { name: "latitude", label: say("latitude"), type: "number", value: 31.230416 },
    { name: "longitude", label: say("longitude"), type: "number", value: 121.473701 },
    { name: "label", label: say("place"), value: label },
    { name: "scale", label: say("scale"), type: "number", value: 16 },
  ];
}

export async function sendLink() {
  const values = await ask("ask-link", say("kind_link"), [
    { name: "title", label: say("title_field"), value: say("sample_title") },
    { name: "description", label: say("description"), value: say("sample_description") },
    { name: "url", label: "URL", type: "url", value: "https://example.com/a?x=1&y=2" },
  ]);
  if (values) await act({ do: "link", ...values });
}

export async function sendFile() {
  const values = await ask("ask-file", say("kind_file"), [
    { name: "title", label: say("title_field"), value: "report.pdf" },
    { name: "description", label: say("description") },
  ]);
  if (values) await act({ do: "file", ...values });
}

export async function agree() {
  const values = await ask(
    "ask-agree",
    say("do_agree"),
    [
      { name: "template_id", label: "template_id" },
      { name: "yes", label: say("agree_yes"), type: "checkbox", value: true },
    ],
    { note: say("agree_note") },
  );
  if (values?.template_id) await act({ do: "agree", ...values });
}

export async function sendProgram() {
  const values = await ask("ask-program", say("kind_miniprogrampage"), [
    { name: "title", label: say("title_field"), value: say("sample_title") },
    { name: "appid", label: "AppID", value: "wx0123456789abcdef" },
    { name: "pagepath", label: say("pagepath"), value: "pages/index" },
  ]);
  if (values) await act({ do: "miniprogrampage", ...values });
}

/** Any event, from the catalogue's names and default fields. */
export async function anyEvent() {
  const catalogue = await tried(() => world.catalogue());
  if (!catalogue) return;
  const named = Object.fromEntries(catalogue.events.map((event) => [event.name, event]));
  const names = /** @type {[string, string][]} */ (Object.keys(named).map((name) => [name, name]));
  const dialog = ask(
    "ask-event",
    say("do_event"),
    [
      { name: "name", label: say("event_name"), type: "select", options: names },
      {
        name: "fields",
        label: say("event_fields"),
        type: "textarea",
        rows: 8,
        hint: say("event_hint"),
      },
    ],
    {},
  );
  const select = /** @type {HTMLSelectElement} */ (document.getElementById("field-name"));
  const area = /** @type {HTMLTextAreaElement} */ (document.getElementById("field-fields"));
  const suggest = () => (area.value = JSON.stringify(named[select.value]?.fields ?? {}, null, 2));
  select.addEventListener("change", suggest);
  suggest();
  const values = await dialog;
  if (!values) return;
  const fields = parsed(values.fields);
  if (fields) await act({ do: "event", name: values.name, fields });
}

export async function raw() {
  const account = world.currentAccount;
  const body = `<xml><ToUserName><![CDATA[${account?.original_id}]]></ToUserName><FromUserName><![CDATA[${world.openid}]]></FromUserName><CreateTime>${Math.floor(world.now)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[]]></Content><MsgId>1</MsgId></xml>`;
  const values = await ask(
    "ask-raw",
    say("do_raw"),
    [{ name: "body", label: say("body"), type: "textarea", rows: 10, value: body }],
    { note: say("raw_note") },
  );
  if (values) await act({ do: "raw", body: values.body });
}

/** A tap on a button of the account's menu. @param {Button} button @param {number[]} path */
export async function tap(button, path) {
  const more = await answerOf(button);
  if (!more) return;
  const done = await act({ do: "tap", path, ...more });
  if (done && (button.type === "view" || button.type === "miniprogram")) visit(button);
}

/** @param {Button} button @returns {Promise<Record<string, any>|null>} */
async function answerOf({ type = "", name }) {
  if (type.startsWith("scancode")) {
    return ask("ask-scancode", name, [
      { name: "result", label: say("scan_result"), value: "https://example.com/?id=2" },
    ]);
  }
  if (type === "location_select") {
    const values = await ask("ask-select", name, place("上海市黄浦区人民大道").slice(0, 3));
    return values && trimmed(values);
  }
  if (type.startsWith("pic_")) {
    const { element, chosen } = await picker("image", { many: true });
    return ask("ask-pictures", name, [], { extra: element, read: () => ({ media_ids: chosen() }) });
  }
  return {};
}

/** Where WeChat's own browser would open the page; here it is named, and one click away. @param {Button} button */
function visit({ type, name, url = "", appid = "", pagepath = "" }) {
  const told =
    type === "view" ? say("would_open") : say("opens_program", { appid, path: pagepath });
  show("visit", name, h("p", {}, told), h("p", { class: "address" }, outside(url, url)));
}

/** @param {Record<string, any>} values what was left empty is left to its default */
function trimmed(values) {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== "" && value !== undefined && !Number.isNaN(value),
    ),
  );
}

/** What a JSON text says; undefined, and told, when it is none. @param {string} text */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    toast(say("no_json"), "problem");
    return undefined;
  }
}
