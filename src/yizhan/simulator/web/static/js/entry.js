// @ts-check
/** @import {Entry} from "./types.js" */
// One thing on the screen: a bubble with its avatar, or a grey line in the middle.

import { restart } from "./act.js";
import { avatar } from "./avatar.js";
import { bubble } from "./bubbles.js";
import { button, fill, h } from "./dom.js";
import { wrong } from "./failure.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { happened } from "./summary.js";
import { separator, toDay } from "./time.js";
import { tried } from "./toast.js";
import { keyOf, world } from "./world.js";

const CONTROLS = "a[href], button, video, summary";
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
      raised(entry),
    );
  }

  /** Whether Tab comes here and to what is in it; a tap shows what can be done with it in any case. @param {boolean} reachable */
  reach(reachable) {
    for (const each of [this, ...this.querySelectorAll(CONTROLS)])
      /** @type {HTMLElement} */ (each).tabIndex = reachable ? 0 : -1;
  }
}

/** What went wrong in the bot with what the follower did, where that stands. @param {Entry} entry */
function raised({ via, push }) {
  const record = via === "follower" && push ? world.pushes.get(push) : undefined;
  const told = record ? wrong(record) : null;
  if (!told) return null;
  return h("p", { class: "reason raised", testid: "raised" }, icon("fault"), told);
}

/** @param {Entry} entry @param {import("./rich.js").OnMenu} onMenu */
function spoken(entry, onMenu) {
  const mine = entry.side === "follower";
  const name = mine
    ? (world.followers.get(keyOf(entry))?.nickname ?? "")
    : (world.accounts.get(entry.account)?.nickname ?? "");
  const body = bubble(entry, onMenu);
  body.dataset.testid = "bubble";
  const marks = ["custom", "mass", "menu"].includes(entry.via);
  return h(
    "div",
    { class: "spoken", title: toDay(entry.at) },
    avatar(name, mine ? world.placeOf(entry) : null),
    h(
      "div",
      { class: "body" },
      h("span", { class: "hidden" }, say("speaks", { name })),
      body,
      entry.ai ? h("small", { class: "ai", testid: "ai" }, "内容由第三方AI生成") : null,
      marks ? h("small", { class: "via", testid: "via" }, say(`via_${entry.via}`)) : null,
    ),
    tools(entry),
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
    h("span", { class: "line", testid: kind === "notice" ? "notice" : "line" }, text, tools(entry)),
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

/** What can be done with an entry: see its push, begin again from here. @param {Entry} entry */
function tools(entry) {
  const show = () =>
    tried(async () => {
      const push = await world.pushOf(entry);
      if (push) await world.inspect(push);
    });
  return h(
    "span",
    { class: "look" },
    entry.push || entry.call ? tool("entry-inspect", "inspect", "inspect_this", show) : null,
    tool("entry-restart", "restart", "restart_here", () => restart(entry)),
  );
}

/** @param {string} testid @param {string} name @param {string} phrase @param {() => unknown} action */
const tool = (testid, name, phrase, action) =>
  button(testid, icon(name), action, { "aria-label": say(phrase), title: say(phrase) });

customElements.define("yz-entry", EntryElement);
