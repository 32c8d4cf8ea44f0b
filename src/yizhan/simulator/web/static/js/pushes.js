// @ts-check
/** @import {Push} from "./types.js" */
// The list of pushes, the newest above; one of them is open.

import { api } from "./api.js";
import { button, fill, h, rove } from "./dom.js";
import { outcomeOf } from "./failure.js";
import { icon } from "./icons.js";
import { PushElement } from "./push.js";
import { say } from "./say.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

const KINDS = [
  "text",
  "image",
  "voice",
  "video",
  "shortvideo",
  "location",
  "link",
  "file",
  "miniprogrampage",
  "event",
];
const OUTCOMES = ["running", "replied", "acknowledged", "notice", "ignored", "refused", "failed"];

class Pushes extends HTMLElement {
  /** @type {Map<string, PushElement>} */ #shown = new Map();
  #words = h("input", {
    type: "search",
    testid: "push-search",
    placeholder: say("search"),
    "aria-label": say("search"),
    oninput: () => this.#draw(),
  });
  #kind = choice("push-kind", "any_kind", KINDS, "kind_", () => this.#draw());
  #outcome = choice("push-outcome", "any_outcome", OUTCOMES, "outcome_", () => this.#draw());
  #mine = h("input", {
    type: "checkbox",
    id: "only-this",
    testid: "only-this",
    onchange: () => this.#draw(),
  });
  #list = h("div", { class: "list", role: "list", testid: "pushes" });
  #empty = h("p", { class: "empty", testid: "no-pushes" });
  #older = button("pushes-older", say("earlier_pushes"), () => this.#earlier(), {
    class: "older",
    hidden: true,
  });
  #rove = rove(this.#list, ".head", { vertical: true });

  connectedCallback() {
    const clear = button("pushes-clear", [icon("close"), say("clear")], () => this.#clear(), {
      class: "tool clear",
      title: say("clear_pushes"),
    });
    fill(
      this,
      h("div", { class: "tools search" }, this.#words, this.#kind, this.#outcome),
      h(
        "div",
        { class: "tools" },
        this.#mine,
        h("label", { for: "only-this" }, say("only_this")),
        clear,
      ),
      this.#empty,
      this.#list,
      this.#older,
    );
    world.on("state chosen history cleared", () => this.#draw());
    world.on("push", ({ detail }) => this.#show(detail));
    world.on("call", () => this.#renew());
    world.on("inspect", ({ detail }) => this.#reveal(detail));
    this.#list.addEventListener("opened", ({ target }) => this.#opened(/** @type {any} */ (target)));
  }

  /** @param {Push} push */
  #fits(push) {
    return (
      push.account === world.account &&
      (!this.#mine.checked || push.openid === world.openid) &&
      ["", push.kind].includes(this.#kind.value) &&
      ["", outcomeOf(push)].includes(this.#outcome.value) &&
      found(push, this.#words.value.trim().toLowerCase())
    );
  }

  get #filtered() {
    return Boolean(
      this.#mine.checked || this.#kind.value || this.#outcome.value || this.#words.value.trim(),
    );
  }

  #draw() {
    this.#shown.clear();
    this.#list.replaceChildren();
    for (const push of world.pushesHere()) this.#show(push);
    this.#older.hidden = !world.more;
    this.#count();
  }

  #count() {
    this.#empty.hidden = this.#shown.size > 0;
    fill(this.#empty, say(this.#filtered ? "none_fits" : "no_pushes"));
  }

  /** @param {Push} push */
  #show(push) {
    const known = this.#shown.get(push.id);
    if (!this.#fits(push)) {
      if (known) this.#hide(push.id, known);
      return;
    }
    const element = known ?? new PushElement();
    if (!known) this.#place(element, push);
    this.#shown.set(push.id, element);
    this.#empty.hidden = true;
    element.show(push);
    if (!known) {
      element.open(push.id === world.push);
      this.#rove();
    }
  }

  /** The newest above. @param {PushElement} element @param {Push} push */
  #place(element, push) {
    const below = [...this.#list.children].find(
      (each) => (world.pushes.get(/** @type {PushElement} */ (each).dataset.id ?? "")?.began ?? 0) < push.began,
    );
    this.#list.insertBefore(element, below ?? null);
  }

  /** @param {string} id @param {PushElement} element */
  #hide(id, element) {
    element.remove();
    this.#shown.delete(id);
    this.#count();
  }

  /** A customer-service message belongs to the newest push of its follower. */
  #renew() {
    for (const [id, element] of [...this.#shown].slice(-5)) {
      const push = world.pushes.get(id);
      if (push) element.show(push);
    }
  }

  /** Show a push, whatever is looked for just now. @param {{id: string, quietly: boolean}} which */
  #reveal({ id, quietly }) {
    const push = world.pushes.get(id);
    if (!push || push.account !== world.account) return;
    if (!this.#fits(push)) {
      this.#words.value = this.#kind.value = this.#outcome.value = "";
      this.#mine.checked = false;
      this.#draw();
    }
    this.#show(push);
    const element = this.#shown.get(id);
    if (!element) return;
    element.open(true);
    this.#opened(element);
    element.scrollIntoView({ block: "start" });
    if (!quietly) element.focusHead();
  }

  /** One of them is open. @param {PushElement} chosen */
  #opened(chosen) {
    for (const element of this.#shown.values()) if (element !== chosen) element.open(false);
    world.opened(chosen.isOpen ? (chosen.dataset.id ?? "") : "");
  }

  async #earlier() {
    await tried(() => world.earlierPushes());
  }

  async #clear() {
    await tried(() => api.delete("/pushes", { account: world.account }));
  }
}

/** Whether a push has those words in it: in what was sent or answered, in whose it is, in why. @param {Push} push @param {string} words */
function found(push, words) {
  if (!words) return true;
  const { verdict, refused, failed } = push;
  const texts = [
    push.body,
    push.summary,
    push.message_id,
    push.openid,
    world.followers.get(`${push.account}/${push.openid}`)?.nickname,
    verdict?.reason?.text,
    verdict?.reply ? JSON.stringify(verdict.reply.content) : "",
    refused ? `${refused.code} ${refused.text}` : "",
    failed ? `${failed.place} ${failed.what}` : "",
  ];
  return texts.some((text) => text?.toLowerCase().includes(words));
}

/** @param {string} testid @param {string} any @param {string[]} values @param {string} phrases @param {() => void} chosen */
function choice(testid, any, values, phrases, chosen) {
  return h(
    "select",
    { testid, "aria-label": say(any), onchange: chosen },
    h("option", { value: "" }, say(any)),
    ...values.map((value) => h("option", { value }, say(`${phrases}${value}`))),
  );
}

customElements.define("yz-pushes", Pushes);
