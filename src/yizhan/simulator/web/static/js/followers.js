// @ts-check
/** @import {Follower} from "./types.js" */
// The list of followers: one phone each, with what came last and what is unread.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { ask } from "./dialog.js";
import { button, fill, h, rove } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { summary } from "./summary.js";
import { brief } from "./time.js";
import { tried } from "./toast.js";
import { keyOf, world } from "./world.js";

class Followers extends HTMLElement {
  /** @type {Map<string, HTMLElement>} */ #rows = new Map();
  #list = h("ul", { class: "rows", testid: "followers" });
  #empty = h("p", { class: "empty" }, say("no_followers"));
  #rove = rove(this.#list, "button", { vertical: true });

  connectedCallback() {
    const add = button(
      "new-follower",
      [icon("personplus"), say("new_follower")],
      () => this.#add(),
      {
        class: "add",
      },
    );
    const open = button(
      "open-recording",
      [icon("folder"), say("open_recording")],
      () => this.#open(),
      { class: "add" },
    );
    fill(this, this.#list, this.#empty, add, open);
    world.on("state chosen", () => this.#draw());
    world.on("follower", ({ detail }) => this.#show(detail));
    document.addEventListener("keydown", (event) => {
      if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        this.#step(event.key === "ArrowDown" ? 1 : -1);
      }
    });
  }

  async #add() {
    const follower = await tried(() =>
      api.post(`/accounts/${encodeURIComponent(world.account)}/followers`, { following: false }),
    );
    if (!follower) return;
    world.followers.set(keyOf(follower), follower);
    this.#show(follower);
    await tried(() => world.choose(follower.account, follower.openid));
  }

  /** A recording: shown as the conversations that it holds, or done again. */
  async #open() {
    const file = h("input", {
      type: "file",
      accept: ".jsonl,.json,application/x-ndjson",
      testid: "recording-file",
      "aria-label": say("recording_file"),
    });
    const name = world.current?.nickname ?? "";
    const ways = /** @type {[string, string][]} */ (
      ["show", "real", "instant"].map((way) => [way, say(`recording_${way}`, { name })])
    );
    const chosen = await ask(
      "ask-recording",
      say("open_recording"),
      [{ name: "how", label: say("recording_how"), type: "select", options: ways }],
      {
        submit: say("open"),
        note: say("recording_note"),
        extra: h("label", { class: "upload" }, say("recording_file"), file),
        read: () => ({ file: file.files?.[0] }),
      },
    );
    if (!chosen?.file) return;
    if (chosen.how === "show") await this.#open_(chosen.file);
    else await tried(() => api.send(`${world.path()}/recording`, { speed: chosen.how }, chosen.file));
  }

  /** @param {File} file */
  async #open_(file) {
    const path = `/accounts/${encodeURIComponent(world.account)}/recording`;
    const opened = await tried(() => api.upload(path, {}, file));
    if (!opened?.length) return;
    for (const follower of opened) world.followers.set(keyOf(follower), follower);
    await tried(() => world.choose(opened[0].account, opened[0].openid));
  }

  /** @param {number} by */
  #step(by) {
    const all = world.followersOf();
    const place = all.findIndex(({ openid }) => openid === world.openid);
    const next = all[(place + by + all.length) % all.length];
    if (next) tried(() => world.choose(next.account, next.openid));
  }

  #draw() {
    this.#rows.clear();
    this.#list.replaceChildren();
    for (const follower of world.followersOf()) this.#show(follower);
    this.#empty.hidden = this.#rows.size > 0;
    for (const each of this.querySelectorAll("button.add"))
      /** @type {HTMLButtonElement} */ (each).disabled = !world.currentAccount;
  }

  /** @param {Follower} follower */
  #show(follower) {
    if (follower.account !== world.account) return;
    const key = keyOf(follower);
    const row = this.#rows.get(key) ?? h("li");
    if (!this.#rows.has(key)) this.#list.append(row);
    this.#rows.set(key, row);
    this.#empty.hidden = true;
    const kept = row.contains(document.activeElement);
    fill(row, this.#row(follower));
    this.#rove(this.#list.querySelector("[aria-current]"));
    if (kept) /** @type {HTMLElement} */ (row.firstChild).focus();
  }

  /** @param {Follower} follower */
  #row(follower) {
    const { openid, nickname, unread, last } = follower;
    const chosen = openid === world.openid;
    const waiting = !chosen && unread > 0;
    return button(
      "follower",
      [
        avatar(nickname, world.placeOf(follower)),
        h("span", { class: "name" }, nickname),
        h("time", { class: "when" }, last ? brief(last.at, world.now) : ""),
        h(
          "span",
          { class: last?.kind === "notice" ? "last notice" : "last" },
          last ? summary(last) : say(follower.following ? "nothing_yet" : "not_following_yet"),
        ),
        waiting && h("span", { class: "unread", testid: "unread" }, unread > 99 ? "99+" : unread),
        waiting && h("span", { class: "hidden" }, say("unread", { count: unread })),
      ],
      () => tried(() => world.choose(follower.account, openid)),
      {
        class: follower.following ? "row" : "row stranger",
        "aria-current": chosen ? "true" : null,
        "data-openid": openid,
      },
    );
  }
}

customElements.define("yz-followers", Followers);
