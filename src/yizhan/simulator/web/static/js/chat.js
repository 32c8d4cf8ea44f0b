// @ts-check
/** @import {Entry, Push} from "./types.js" */
// The phone: whose it is, the conversation, and where to type.

import { act } from "./act.js";
import { address, api } from "./api.js";
import "./composer.js";
import { ask, show } from "./dialog.js";
import { arrows, button, fill, h } from "./dom.js";
import { dropdown, item } from "./dropdown.js";
import { EntryElement } from "./entry.js";
import { wrong } from "./failure.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { left } from "./time.js";
import { codeDialog } from "./code.js";
import { tried } from "./toast.js";
import { keyOf, world } from "./world.js";

class Chat extends HTMLElement {
  /** @type {Map<string, EntryElement>} */ #shown = new Map();
  /** @type {EntryElement|null} */ #stop = null; // the entry that can be reached by Tab
  #title = h("h1", { testid: "chat-title" });
  #facts = h("p", { class: "facts", testid: "facts" });
  #follow = button(
    "follow",
    "",
    () => act({ do: world.current?.following ? "unfollow" : "follow" }),
    { class: "follow" },
  );
  #log = h("div", {
    class: "log",
    role: "log",
    "aria-live": "polite",
    "aria-label": say("conversation"),
    tabindex: 0,
    testid: "conversation",
  });
  #older = button("earlier", say("earlier"), () => this.#earlier(), {
    class: "earlier",
    hidden: true,
  });
  #empty = h("div", { class: "empty", testid: "chat-empty" });
  #fresh = button("to-end", [icon("down"), say("new_messages")], () => this.#toEnd(), {
    class: "fresh",
    hidden: true,
  });

  connectedCallback() {
    const more = dropdown("chat-more", [icon("more")], (close) => this.#more(close), {
      menu: true,
      label: say("more"),
      class: "more",
    });
    const inspect = button("inspector-toggle", icon("inspect"), () => world.tell("sheet", true), {
      class: "bare inspect",
      "aria-label": say("inspector"),
      title: say("inspector"),
    });
    const head = h(
      "header",
      {},
      h("div", { class: "who" }, this.#title, this.#facts),
      this.#follow,
      more,
      inspect,
    );
    const composer = /** @type {import("./composer.js").Composer} */ (
      document.createElement("yz-composer")
    );
    fill(this, head, h("div", { class: "scroll" }, this.#log, this.#fresh), composer);
    world.on("state chosen", () => this.#draw());
    world.on("screen", ({ detail }) => detail === keyOf(world) && this.#draw());
    world.on("entry", ({ detail }) => keyOf(detail) === keyOf(world) && this.#add(detail));
    world.on("follower", ({ detail }) => keyOf(detail) === keyOf(world) && this.#head());
    world.on("account clock", () => this.#head());
    world.on("push", ({ detail }) => wrong(detail) && this.#failed(detail));
    world.on("history", () => world.pushesHere().forEach((push) => wrong(push) && this.#failed(push)));
    this.#log.addEventListener("focusin", ({ target }) => {
      const entry = /** @type {Element} */ (target).closest("yz-entry");
      if (entry) this.#reach(/** @type {EntryElement} */ (entry));
    });
    arrows(this.#log, "yz-entry", { vertical: true });
    this.#log.addEventListener("scroll", () => (this.#fresh.hidden ||= this.#atEnd));
    this.addEventListener("resized", () => this.#toEnd());
    setInterval(() => this.#head(), 5000);
    document.addEventListener("visibilitychange", () => this.#read());
  }

  get #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 80;
  }

  #toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#fresh.hidden = true;
  }

  #head() {
    const follower = world.current;
    const account = world.currentAccount;
    fill(this.#title, follower?.typing ? say("typing") : (account?.nickname ?? say("title")));
    this.#title.classList.toggle("typing", Boolean(follower?.typing));
    this.#follow.hidden = !follower;
    if (!follower) return fill(this.#facts);
    const open = follower.window;
    fill(
      this.#facts,
      h("span", {}, say("as", { name: follower.nickname })),
      h("code", { title: follower.openid }, follower.openid),
      follower.blocks ? h("span", { class: "blocks", testid: "blocks" }, say("blocks")) : null,
      open && open.closes > world.now
        ? h(
            "span",
            { class: "window", testid: "window", title: say("window_hint") },
            say("window", { left: open.left, time: left(open.closes - world.now) }),
          )
        : null,
    );
    fill(this.#follow, say(follower.following ? "unfollow" : "follow"));
    this.#follow.classList.toggle("primary", !follower.following);
    this.#read();
  }

  #read() {
    const follower = world.current;
    if (follower?.unread && document.visibilityState === "visible") {
      api.post(`${world.path()}/read`).catch(() => undefined);
    }
  }

  #draw() {
    this.#head();
    this.#shown.clear();
    this.#stop = null;
    const screen = world.screens.get(keyOf(world));
    fill(this.#log, this.#older, this.#empty);
    this.#older.hidden = (screen?.size ?? 0) < 50;
    this.#blank(screen?.size ?? -1);
    for (const entry of screen?.values() ?? []) this.#append(entry);
    this.#toEnd();
  }

  /** @param {number} size -1 while it is being read */
  #blank(size) {
    this.#empty.hidden = size > 0;
    if (size > 0) return;
    if (!world.current)
      return fill(this.#empty, say(world.link === "loading" ? "loading" : "no_followers"));
    if (size < 0) return fill(this.#empty, say("loading"));
    const stranger = !world.current.following;
    fill(
      this.#empty,
      h("p", {}, say(stranger ? "empty_stranger" : "empty_chat")),
      stranger
        ? button("empty-follow", say("follow"), () => act({ do: "follow" }), { class: "primary" })
        : null,
    );
  }

  /** @param {Entry} entry */
  #add(entry) {
    const stick = this.#atEnd || entry.side === "follower";
    this.#empty.hidden = true;
    this.#append(entry);
    if (stick) requestAnimationFrame(() => this.#toEnd());
    else this.#fresh.hidden = false;
  }

  /** @param {Entry} entry */
  #append(entry) {
    const known = this.#shown.get(entry.id);
    const element = known ?? new EntryElement();
    const above = /** @type {HTMLElement|null} */ (
      known ? known.previousElementSibling : this.#log.lastElementChild
    );
    const before = above?.dataset.at ? Number(above.dataset.at) : null;
    element.dataset.at = `${entry.at}`;
    element.show(entry, before, ({ text, id }) => act({ do: "text", text, item: id || undefined }));
    for (const media of element.querySelectorAll("img, video")) {
      media.addEventListener(
        media.tagName === "IMG" ? "load" : "loadedmetadata",
        () => this.#atEnd && this.#toEnd(),
      );
    }
    if (!known) this.#log.append(element);
    this.#shown.set(entry.id, element);
    if (!known && !this.#log.contains(document.activeElement)) this.#reach(element);
    else element.reach(element === this.#stop);
  }

  /** One entry and what is in it are tab stops, however long the conversation is. @param {EntryElement} entry */
  #reach(entry) {
    if (entry === this.#stop) return;
    this.#stop?.reach(false);
    this.#stop = entry;
    entry.reach(true);
  }

  /** Whatever was done is shown again, now with what the bot made of it. @param {Push} push */
  #failed({ entries }) {
    for (const id of entries) {
      const entry = world.screens.get(keyOf(world))?.get(id);
      if (entry && this.#shown.has(id)) this.#append(entry);
    }
    if (this.#atEnd) requestAnimationFrame(() => this.#toEnd());
  }

  async #earlier() {
    const height = this.#log.scrollHeight;
    const more = await tried(() => world.earlier());
    this.#older.hidden = !more;
    this.#log.scrollTop = this.#log.scrollHeight - height;
  }

  /** @param {() => void} close */
  #more(close) {
    const path = world.path();
    /** @param {string} testid @param {string} name @param {string} phrase @param {() => unknown} action */
    const offer = (testid, name, phrase, action) =>
      item(testid, [icon(name), say(phrase)], () => {
        close();
        action();
      });
    return [
      world.currentAccount?.module
        ? offer("chat-test", "test", "chat_test", () =>
            codeDialog(say("chat_test"), () => api.get(`${path}/test`)),
          )
        : null,
      offer("chat-save", "save", "chat_save", () => save(address(`${path}/recording`))),
      offer("chat-block", "mute", world.current?.blocks ? "unblock" : "block", () =>
        act({ do: "block", on: !world.current?.blocks }),
      ),
      offer("chat-rename", "edit", "chat_rename", () => this.#rename(path)),
      offer("chat-clear", "close", "chat_clear", () => this.#clear(path)),
      offer("chat-keys", "keyboard", "keys", help),
    ];
  }

  /** @param {string} path */
  async #rename(path) {
    const follower = world.current;
    const values = await ask(
      "ask-name",
      say("chat_rename"),
      [{ name: "nickname", label: say("nickname"), value: follower?.nickname }],
      { submit: say("save") },
    );
    if (values) await tried(() => api.patch(path, values));
  }

  /** @param {string} path */
  async #clear(path) {
    const whose = keyOf(world);
    await tried(async () => {
      await api.delete(`${path}/screen`);
      world.screens.set(whose, new Map());
      world.tell("screen", whose);
    });
  }
}

/** Have the browser keep what that address gives, under the name that it says. @param {string} href */
function save(href) {
  h("a", { href, download: "" }).click();
}

function help() {
  const keys = [
    ["Enter", "key_enter"],
    ["Shift+Enter", "key_newline"],
    ["↑ ↓", "key_up"],
    ["Alt+↑ ↓", "key_follower"],
    ["Alt+I", "key_inspector"],
    ["Esc", "key_escape"],
    ["Tab", "key_tab"],
  ];
  show(
    "keys",
    say("keys"),
    h(
      "dl",
      { class: "keys" },
      ...keys.flatMap(([key, phrase]) => [
        h("dt", {}, h("kbd", {}, key)),
        h("dd", {}, say(phrase)),
      ]),
    ),
  );
}

customElements.define("yz-chat", Chat);
