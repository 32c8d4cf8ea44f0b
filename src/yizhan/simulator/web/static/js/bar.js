// @ts-check
/** @import {Problem} from "./types.js" */
// The bar above everything: the account and its kind, the clock, the page's language and theme.

import { api } from "./api.js";
import { button, fill, h } from "./dom.js";
import { clockControl } from "./clock.js";
import { icon } from "./icons.js";
import { language, say } from "./say.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

export const KINDS = ["subscription", "subscription+", "service", "service+", "sandbox"];
const THEMES = ["auto", "light", "dark"];
const THEME_ICONS = { auto: "contrast", light: "sun", dark: "moon" };

class Bar extends HTMLElement {
  #account = h("select", {
    testid: "account",
    "aria-label": say("account"),
    onchange: () => tried(() => world.choose(this.#account.value)),
  });
  #kind = h(
    "select",
    {
      testid: "kind",
      "aria-label": say("kind"),
      title: say("kind_hint"),
      onchange: () => setKind(this.#kind.value),
    },
    ...KINDS.map((kind) => h("option", { value: kind }, say(`account_${named(kind)}`))),
  );
  #theme = button("theme", "", () => this.#turn(), { class: "bare" });
  #link = h("span", { class: "link", testid: "link", role: "status" });
  #faults = button("faults-badge", "", () => world.tell("tab", "faults"), {
    class: "badge",
    hidden: true,
  });

  connectedCallback() {
    const other = language === "zh" ? "en" : "zh";
    const tongue = h(
      "a",
      {
        class: "button bare",
        href: `?lang=${other}`,
        onclick: () => (tongue.href = `?lang=${other}${location.hash}`),
        hreflang: other,
        lang: other,
        testid: "language",
      },
      icon("globe"),
      say("other_language"),
    );
    fill(
      this,
      h("span", { class: "brand" }, h("b", {}, "驿站"), h("span", {}, say("brand"))),
      h("div", { class: "controls" }, this.#account, this.#kind, clockControl(), this.#faults),
      h("div", { class: "page" }, this.#link, tongue, this.#theme),
    );
    world.on("state chosen account", () => this.#show());
    world.on("faults chosen state", () => this.#count());
    world.on("link state problem", () => this.#state());
    this.#show();
    this.#state();
    this.#theme_(localStorage.getItem("yizhan-theme") ?? "auto");
  }

  #show() {
    fill(
      this.#account,
      ...[...world.accounts.values()].map(({ id, nickname, mode }) =>
        h("option", { value: id }, `${nickname} · ${say(`mode_${mode}`)}`),
      ),
    );
    this.#account.value = world.account;
    this.#account.hidden = world.accounts.size < 2;
    const account = world.currentAccount;
    this.#kind.disabled = !account;
    if (account) this.#kind.value = kindOf(account);
  }

  #count() {
    const count = (world.faults[world.account] ?? []).length;
    this.#faults.hidden = count === 0;
    fill(this.#faults, icon("fault"), say("faults_on", { count }));
  }

  #state() {
    this.#link.className = `link ${world.link}`;
    fill(this.#link, say(`link_${world.link}`));
    const banner = document.getElementById("banner");
    if (!banner) return;
    const told = world.link === "lost" || world.link === "ended";
    banner.hidden = !told && !world.problem;
    if (told) fill(banner, h("p", {}, say(`banner_${world.link}`)));
    else if (world.problem) fill(banner, ...broken(world.problem));
  }

  #turn() {
    const theme = document.documentElement.dataset.theme ?? "auto";
    this.#theme_(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
  }

  /** @param {string} theme */
  #theme_(theme) {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    localStorage.setItem("yizhan-theme", theme);
    const text = say(`theme_${theme}`);
    fill(this.#theme, icon(THEME_ICONS[/** @type {"auto"} */ (theme)]));
    this.#theme.title = text;
    this.#theme.setAttribute("aria-label", text);
  }
}

/** Why the bot is not loaded, the author's own line first. @param {Problem} problem */
function broken({ what, place, source, traceback }) {
  return [
    h("p", {}, h("b", {}, say("not_loaded")), " ", say("not_loaded_hint")),
    h("p", { class: "origin", testid: "problem" }, place ? h("b", {}, `${place} `) : null, what),
    source ? h("code", {}, source) : null,
    h("details", {}, h("summary", {}, say("traceback")), h("pre", { tabindex: 0 }, traceback)),
  ];
}

/** A kind and whether it is verified, in one word. @param {{kind: string, verified: boolean}} account */
export const kindOf = ({ kind, verified }) => (verified && kind !== "sandbox" ? `${kind}+` : kind);

/** @param {string} kind */
export const named = (kind) => kind.replace("+", "_verified");

/** @param {string} chosen */
export function setKind(chosen) {
  return tried(() =>
    api.patch(`/accounts/${encodeURIComponent(world.account)}`, {
      kind: chosen.replace("+", ""),
      verified: chosen.endsWith("+"),
    }),
  );
}

customElements.define("yz-bar", Bar);
