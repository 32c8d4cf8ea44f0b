// @ts-check
/** @import {Button, Menu as MenuShape} from "./types.js" */
// The account's menu at the bottom, with its sub-menus, as this follower sees it.

import { tap } from "./act.js";
import { api } from "./api.js";
import { button, fill, h } from "./dom.js";
import { dropdown, item } from "./dropdown.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { world } from "./world.js";

class Menu extends HTMLElement {
  /** @type {Button[]} */ #buttons = [];
  #bar = h("div", { class: "bar-of-menu" });
  #lacks = h("p", { class: "lacks", testid: "menu-lacks" }, icon("fault"), say("menu_lacks"));

  connectedCallback() {
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", say("menu"));
    this.dataset.testid = "menu";
    world.on("chosen", () => this.#read());
    world.on("menu", ({ detail }) => detail.account === world.account && this.#read());
    world.on("account", ({ detail }) => detail.id === world.account && this.#read());
  }

  /** Whether there is a menu at all. */
  get offers() {
    return this.#buttons.length > 0;
  }

  /** An account without the right keeps what the page or menu.toml gave it, marked. */
  #draw() {
    this.#lacks.hidden = world.currentAccount?.rights.menu !== false;
    fill(this.#bar, ...this.#buttons.map((each, place) => first(each, place)));
    fill(this, this.#lacks, this.#bar);
  }

  async #read() {
    const { account, openid } = world;
    if (!openid) return;
    /** @type {MenuShape} */
    const menu = await api
      .get(`/accounts/${encodeURIComponent(account)}/menu`, { openid })
      .catch(() => ({ button: [] }));
    if (account !== world.account || openid !== world.openid) return;
    this.#buttons = menu.button ?? [];
    this.#draw();
    this.dispatchEvent(new CustomEvent("drawn"));
  }
}

/** @param {Button} each @param {number} place */
function first(each, place) {
  if (!each.sub_button?.length) {
    return button("menu-button", each.name, () => tap(each, [place]), {
      class: "top",
      title: describe(each),
    });
  }
  const subs = each.sub_button;
  return dropdown(
    "menu-button",
    [icon("menu"), each.name],
    (close) =>
      subs.map((sub, below) =>
        item(
          "menu-item",
          [sub.name],
          () => {
            close();
            tap(sub, [place, below]);
          },
          { title: describe(sub) },
        ),
      ),
    { menu: true, class: "top up" },
  );
}

/** @param {Button} each */
function describe({ type = "", key, url, media_id: media, article_id: article, pagepath }) {
  return [type, key ?? pagepath ?? url ?? media ?? article ?? ""].filter(Boolean).join(" · ");
}

customElements.define("yz-menu", Menu);
export { Menu };
