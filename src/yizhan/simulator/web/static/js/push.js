// @ts-check
/** @import {Inside, Push} from "./types.js" */
// One push: what it was, its timeline, its verdict; opened, everything else.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { Detail } from "./detail.js";
import { glyphs } from "./emoji.js";
import { outcomeOf, wrong } from "./failure.js";
import { icon } from "./icons.js";
import { say, sayOr } from "./say.js";
import { seconds, toSecond } from "./time.js";
import { delivered, Timeline } from "./timeline.js";
import { world } from "./world.js";

const QUICK = 1; // seconds
const MEDIA = new Set(["image", "voice", "video", "shortvideo"]);

export class PushElement extends HTMLElement {
  #head = h("button", {
    type: "button",
    class: "head",
    testid: "push-head",
    "aria-expanded": "false",
    onclick: () => {
      this.open(!this.#detail);
      this.dispatchEvent(new CustomEvent("opened", { bubbles: true }));
    },
  });
  #timeline = new Timeline();
  #reason = h("p", { class: "reason", testid: "push-reason", hidden: true });
  /** @type {Detail|null} */ #detail = null;
  /** @type {Push|null} */ #push = null;
  /** @type {Inside|null} */ #inside = null;

  connectedCallback() {
    this.className = "push";
    this.setAttribute("role", "listitem");
    this.dataset.testid = "push";
    if (!this.#head.isConnected) fill(this, this.#head, this.#timeline, this.#reason);
  }

  get isOpen() {
    return Boolean(this.#detail);
  }

  focusHead() {
    this.#head.focus({ preventScroll: true });
  }

  /** @param {Push} push */
  show(push) {
    this.#push = push;
    this.dataset.id = push.id;
    this.dataset.outcome = push.verdict?.outcome ?? "running";
    const told = wrong(push);
    this.classList.toggle("failed", Boolean(told));
    this.classList.toggle("quick", isQuick(push));
    const follower = world.followers.get(`${push.account}/${push.openid}`);
    fill(
      this.#head,
      avatar(follower?.nickname ?? "", world.placeOf(push)),
      h("span", { class: "what" }, h("b", {}, title(push)), " ", h("span", {}, words(push))),
      after(push),
      chip(push),
      h(
        "span",
        { class: "when" },
        push.origin ? icon("replay") : null,
        `${toSecond(push.began)}${push.verdict ? ` · ${seconds(push.verdict.seconds)}` : ""}`,
      ),
    );
    this.#timeline.show(push);
    const reason = push.verdict?.reason;
    this.#reason.hidden = !reason && !told;
    fill(
      this.#reason,
      icon("fault"),
      told ?? h("span", {}, reason?.text ?? ""),
    );
    this.#detail?.show(push, this.#inside);
    if (this.#detail && push.ended !== null) this.#look();
  }

  /** @param {boolean} open */
  open(open) {
    if (open === Boolean(this.#detail) || !this.#push) return;
    this.#head.setAttribute("aria-expanded", `${open}`);
    this.classList.toggle("open", open);
    this.#detail?.remove();
    this.#detail = open ? new Detail() : null;
    if (!this.#detail) return;
    this.append(this.#detail);
    this.#detail.show(this.#push, this.#inside);
    this.#look();
  }

  /** Ask the bot, if it is one that can be asked, what it did. */
  async #look() {
    const push = this.#push;
    if (!push) return;
    this.#inside = await api.get(`/pushes/${push.id}/inside`).catch(() => null);
    if (push !== this.#push) return;
    this.#detail?.show(push, this.#inside);
  }
}

/** Whether its timeline would tell nothing: answered at once, and nothing odd about it. @param {Push} push */
function isQuick({ verdict, attempts, refused, failed, calls }) {
  const [{ problem, faults } = { problem: null, faults: [] }] = attempts;
  const odd = problem || refused || failed || faults.length || attempts.length > 1 || calls.length;
  return Boolean(verdict && verdict.outcome !== "notice" && verdict.seconds < QUICK && !odd);
}

/** @param {Push} push */
function title({ kind, event, summary }) {
  if (kind !== "event") return sayOr(`kind_${kind}`, kind);
  return summary && summary !== event ? `${event} ${summary}` : event;
}

/** What it says, unless that is only a media id. @param {Push} push */
function words({ kind, summary }) {
  return kind === "event" || MEDIA.has(kind) ? "" : glyphs(summary);
}

/** How many customer-service messages followed. @param {Push} push */
function after(push) {
  const count = delivered(push).filter(({ errcode }) => errcode === 0).length;
  if (!count) return null;
  const label = say("calls_after", { count });
  return h("span", { class: "chip after", title: label, testid: "after" }, icon("staff"), count);
}

/** @param {Push} push */
export function chip(push) {
  const outcome = outcomeOf(push);
  const shown = wrong(push) ? "notice" : outcome;
  return h("span", { class: `chip ${shown}`, testid: "outcome" }, say(`outcome_${outcome}`));
}

customElements.define("yz-push", PushElement);
