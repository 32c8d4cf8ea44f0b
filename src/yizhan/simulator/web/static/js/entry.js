// @ts-check
/** @import {Entry} from "./types.js" */
// One thing on the screen: a bubble with its avatar, or a grey line in the middle.

import { avatar } from "./avatar.js";
import { bubble } from "./bubbles.js";
import { button, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { happened } from "./summary.js";
import { separator, toDay } from "./time.js";
import { keyOf, world } from "./world.js";

const PAUSE = 300; // seconds after which WeChat prints the time

export class EntryElement extends HTMLElement {
  /**
   * @param {Entry} entry
   * @param {number|null} before when the entry above appeared
   * @param {import("./rich.js").OnMenu} onMenu
   */
  show(entry, before, onMenu) {
    const line = ["notice", "event", "transfer"].includes(entry.kind) || entry.side === "system";
    this.className = line
      ? "entry middle"
      : entry.side === "follower"
        ? "entry right"
        : "entry left";
    this.setAttribute("role", "article");
    Object.assign(this.dataset, {
      testid: "entry",
      kind: entry.kind,
      via: entry.via,
      side: entry.side,
      id: entry.id,
    });
    fill(
      this,
      before === null || entry.at - before > PAUSE
        ? h(
            "time",
            { class: "separator", testid: "separator", title: toDay(entry.at) },
            separator(entry.at, world.now),
          )
        : null,
      line ? systemLine(entry) : spoken(entry, onMenu),
    );
  }
}

/** @param {Entry} entry @param {import("./rich.js").OnMenu} onMenu */
function spoken(entry, onMenu) {
  const mine = entry.side === "follower";
  const name = mine
    ? (world.followers.get(keyOf(entry))?.nickname ?? "")
    : (world.accounts.get(entry.account)?.nickname ?? "");
  const body = bubble(entry, onMenu);
  body.dataset.testid = "bubble";
  const marks = !mine && (entry.via === "custom" || entry.via === "menu");
  return h(
    "div",
    { class: "spoken", title: toDay(entry.at) },
    avatar(name, mine ? entry.openid : ""),
    h(
      "div",
      { class: "body" },
      h("span", { class: "hidden" }, say("speaks", { name })),
      body,
      entry.ai ? h("small", { class: "ai", testid: "ai" }, "内容由第三方AI生成") : null,
      marks ? h("small", { class: "via", testid: "via" }, say(`via_${entry.via}`)) : null,
    ),
    look(entry),
  );
}

/** @param {Entry} entry */
function systemLine(entry) {
  const { kind, content } = entry;
  const text =
    kind === "notice"
      ? content.text
      : kind === "transfer"
        ? staff(content.account)
        : kind === "event"
          ? happened(content)
          : (content.text ?? say(`kind_${kind}`));
  return h(
    "div",
    { class: kind === "notice" ? "system outage" : "system", title: toDay(entry.at) },
    h("span", { class: "line", testid: kind === "notice" ? "notice" : "line" }, text, look(entry)),
    kind === "notice" && content.reason
      ? h(
          "p",
          { class: "reason", testid: "reason" },
          icon("fault"),
          h("span", {}, h("b", {}, say("why")), content.reason.text),
        )
      : null,
  );
}

/** @param {string|null} account */
const staff = (account) => (account ? say("transferred_to", { account }) : say("transferred"));

/** @param {Entry} entry */
function look(entry) {
  if (!entry.push && !entry.call) return null;
  const show = () => {
    const push = world.pushOf(entry);
    if (push) world.inspect(push);
  };
  return button("entry-inspect", icon("inspect"), show, {
    class: "look",
    "aria-label": say("inspect_this"),
    title: say("inspect_this"),
  });
}

customElements.define("yz-entry", EntryElement);
