// @ts-check
/** @import {Account} from "./types.js" */
// The chosen account: what it may, its keys, its menu, what it has used today.

import { parsed } from "./act.js";
import { api } from "./api.js";
import { KINDS, kindOf, named, setKind } from "./bar.js";
import { add, wall } from "./codes.js";
import { ask } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { say, sayOr } from "./say.js";
import { seconds } from "./time.js";
import { copy, toast, tried } from "./toast.js";
import { world } from "./world.js";

const SAMPLE = {
  button: [
    { type: "click", name: "帮助", key: "HELP" },
    {
      name: "更多",
      sub_button: [
        { type: "view", name: "官网", url: "https://example.com/" },
        { type: "scancode_waitmsg", name: "扫一扫", key: "SCAN" },
        { type: "location_select", name: "位置", key: "PLACE" },
      ],
    },
  ],
};

class AccountPanel extends HTMLElement {
  #body = h("div", { class: "account" });
  #ledger = h("div", { class: "ledger", testid: "ledger" });
  #codes = h("div", { testid: "codes" });

  connectedCallback() {
    const more = button("code-new", [icon("plus"), say("code_new")], () => this.#addCode(), {
      class: "tool",
    });
    fill(
      this,
      this.#body,
      h("h2", {}, say("codes")),
      this.#codes,
      h("div", { class: "tools" }, more),
      h("h2", {}, say("ledger")),
      this.#ledger,
    );
    world.on("state chosen", () => this.#draw());
    world.on("account", ({ detail }) => detail.id === world.account && this.#draw());
    world.on("call clock chosen", () => this.#count());
    world.on("clock chosen", () => this.#hang());
    world.on("call", ({ detail }) => detail.path.includes("qrcode") && this.#hang());
    world.on("entry", ({ detail }) => detail.kind === "event" && this.#hang());
  }

  get #path() {
    return `/accounts/${encodeURIComponent(world.account)}`;
  }

  #draw() {
    const account = world.currentAccount;
    if (!account) return fill(this.#body, h("p", { class: "empty" }, say("loading")));
    fill(
      this.#body,
      h("h2", {}, say("kind")),
      h(
        "div",
        { class: "kinds", role: "radiogroup", "aria-label": say("kind") },
        ...KINDS.map((kind) =>
          h(
            "label",
            { class: "choice" },
            h("input", {
              type: "radio",
              name: "account-kind",
              value: kind,
              checked: kindOf(account) === kind,
              testid: `kind-${kind}`,
              onchange: () => setKind(kind),
            }),
            say(`account_${named(kind)}`),
          ),
        ),
      ),
      h(
        "ul",
        { class: "rights", testid: "rights", "aria-label": say("rights") },
        ...Object.entries(account.rights).map(([right, has]) =>
          h(
            "li",
            { class: has ? "has" : "lacks", "data-right": right },
            icon(has ? "check" : "close"),
            sayOr(`right_${right}`, right),
            h("span", { class: "hidden" }, say(has ? "has" : "lacks")),
          ),
        ),
      ),
      h("h2", {}, say("server")),
      this.#connection(account),
      h("h2", {}, say("keys_title")),
      h(
        "dl",
        { class: "facts keysheet" },
        ...this.#key("AppID", account.appid),
        ...this.#key("AppSecret", account.secret, "secret"),
        ...this.#key("Token", account.token, "token"),
        ...this.#key("EncodingAESKey", account.aes_key, "aes_key"),
        ...this.#key(say("original_id"), account.original_id),
      ),
      h(
        "div",
        { class: "tools" },
        button("menu-edit", [icon("edit"), say("menu_edit")], () => this.#menu(), {
          class: "tool",
        }),
        button(
          "menu-delete",
          [icon("close"), say("menu_delete")],
          () => tried(() => api.delete(`${this.#path}/menu`)),
          { class: "tool" },
        ),
        button(
          "ip-list",
          [icon("globe"), say("ip_list", { count: account.ip_list.length })],
          () => this.#addresses(account),
          { class: "tool" },
        ),
      ),
    );
  }

  /** @param {Account} account */
  #connection({ target, mode, format, connected }) {
    /** @param {string} name @param {string[]} values @param {string} value */
    const choice = (name, values, value) =>
      h(
        "select",
        {
          testid: `account-${name}`,
          "aria-label": say(name),
          onchange: (/** @type {Event} */ event) =>
            this.#change({ [name]: /** @type {HTMLSelectElement} */ (event.target).value }),
        },
        ...values.map((each) =>
          h(
            "option",
            { value: each, selected: each === value },
            name === "mode" ? say(`mode_${each}`) : each.toUpperCase(),
          ),
        ),
      );
    return h(
      "div",
      { class: "connection" },
      h("code", { class: "address" }, target),
      h(
        "div",
        { class: "tools" },
        choice("mode", ["plain", "compat", "safe"], mode),
        choice("format", ["xml", "json"], format),
        button("verify", [icon("refresh"), say("verify")], () => this.#verify(), { class: "tool" }),
        h(
          "span",
          {
            class: `chip ${connected === null ? "" : connected ? "replied" : "notice"}`,
            testid: "connected",
          },
          say(connected === null ? "connected_unknown" : connected ? "connected" : "connected_not"),
        ),
      ),
    );
  }

  /** @param {string} name @param {string} value @param {string} [renewed] */
  #key(name, value, renewed) {
    return [
      h("dt", {}, name),
      h(
        "dd",
        {},
        h("code", {}, value || "—"),
        button("copy-key", icon("copy"), () => copy(value), {
          class: "bare",
          "aria-label": `${say("copy")} ${name}`,
          title: say("copy"),
        }),
        renewed
          ? button(`renew-${renewed}`, icon("refresh"), () => this.#renew(renewed), {
              class: "bare",
              "aria-label": `${say("renew")} ${name}`,
              title: say("renew"),
            })
          : null,
      ),
    ];
  }

  /** @param {Record<string, unknown>} values */
  #change(values) {
    return tried(() => api.patch(this.#path, values));
  }

  /** @param {string} key */
  #renew(key) {
    return tried(() => api.post(`${this.#path}/keys`, { renew: key }));
  }

  async #verify() {
    const result = await tried(() => api.post(`${this.#path}/verify`));
    if (!result) return;
    if (result.connected) toast(say("verified_in", { time: seconds(result.seconds) }));
    else toast(result.reason?.text ?? say("connected_not"), "problem");
  }

  async #menu() {
    const menu = await tried(() => api.get(`${this.#path}/menu`));
    const kept = menu?.button?.length ? { button: menu.button } : SAMPLE;
    const values = await ask(
      "ask-menu",
      say("menu_edit"),
      [
        {
          name: "menu",
          label: "JSON",
          type: "textarea",
          rows: 16,
          value: JSON.stringify(kept, null, 2),
        },
      ],
      { submit: say("save"), note: say("menu_note") },
    );
    const made = values && parsed(values.menu);
    if (made) await tried(() => api.put(`${this.#path}/menu`, made));
  }

  /** @param {Account} account */
  async #addresses({ ip_list: list }) {
    const values = await ask(
      "ask-ip",
      say("ip_list", { count: list.length }),
      [{ name: "list", label: say("ip_lines"), type: "textarea", value: list.join("\n") }],
      { submit: say("save"), note: say("ip_note") },
    );
    if (values) await this.#change({ ip_list: values.list.split(/\s+/).filter(Boolean) });
  }

  async #addCode() {
    await add();
    await this.#hang();
  }

  /** Codes are made by the bot, by a scan, and here. */
  async #hang() {
    const { account } = world;
    if (!account) return;
    const codes = await wall();
    if (account !== world.account) return;
    fill(this.#codes, codes.children.length ? codes : h("p", { class: "note" }, say("codes_none")));
  }

  async #count() {
    const { account } = world;
    if (!account) return;
    const used = /** @type {{path: string, used: number, limit: number}[]} */ (
      await api.get(`${this.#path}/ledger`).catch(() => [])
    );
    if (account !== world.account) return;
    fill(
      this.#ledger,
      ...(used.length
        ? [
            h(
              "table",
              { class: "fields" },
              h(
                "tbody",
                {},
                ...used.map(({ path, used: spent, limit }) =>
                  h(
                    "tr",
                    {},
                    h("th", { scope: "row" }, path),
                    h("td", { class: spent >= limit ? "problem" : "" }, `${spent} / ${limit}`),
                  ),
                ),
              ),
            ),
          ]
        : [h("p", { class: "note" }, say("ledger_empty"))]),
    );
  }
}

customElements.define("yz-account", AccountPanel);
