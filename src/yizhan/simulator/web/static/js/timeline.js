// @ts-check
/** @import {Attempt, Call, Push} from "./types.js" */
// A push as a lane against five seconds: its deliveries, how each ended, what was sent after.

import { attributes, fill, h } from "./dom.js";
import { say } from "./say.js";
import { seconds } from "./time.js";
import { world } from "./world.js";

const LATER = 90; // seconds after which a customer-service message is only counted, not drawn
const GRAIN = [1, 5, 10, 30, 60];

export class Timeline extends HTMLElement {
  #track = h("div", { class: "track" });
  #axis = h("div", { class: "axis" });
  #timer = 0;

  connectedCallback() {
    fill(this, this.#track, this.#axis);
    attributes(this, { class: "timeline", role: "img", "data-testid": "timeline" });
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  /** @param {Push} push */
  show(push) {
    clearInterval(this.#timer);
    this.#draw(push);
    if (push.ended === null) this.#timer = setInterval(() => this.#draw(push), 100);
  }

  /** @param {Push} push */
  #draw(push) {
    const patience = Number(world.options.seconds ?? 5);
    const calls = delivered(push);
    const near = calls.filter((call) => call.at - push.began <= LATER);
    const ends = push.attempts.map((attempt) => attempt.ended ?? world.now);
    const end = Math.max(push.began, ...ends, ...near.map(({ at }) => at)) - push.began;
    const span = Math.max(patience + 0.6, end * 1.06 + 0.4);
    const at = (/** @type {number} */ moment) =>
      `${Math.min(100, Math.max(0, ((moment - push.began) / span) * 100))}%`;
    fill(
      this.#track,
      ...push.attempts.map((attempt) =>
        placed("limit", at(attempt.began + patience), say("limit")),
      ),
      ...push.attempts.map((attempt) => segment(attempt, at, Boolean(push.refused ?? push.failed))),
      ...near.map((call) =>
        placed(call.errcode ? "call failed" : "call", at(call.at), `${call.path}: ${call.errmsg}`),
      ),
      calls.length > near.length
        ? h("span", { class: "later" }, `+${calls.length - near.length}`)
        : null,
    );
    const grain = GRAIN.find((each) => span / each <= 8) ?? 120;
    const ticks = Array.from({ length: Math.floor(span / grain) + 1 }, (_, place) => place * grain);
    fill(
      this.#axis,
      ...ticks.map((tick) =>
        placed("tick", at(push.began + tick), "", `${tick}${tick === 0 ? " s" : ""}`),
      ),
    );
    this.setAttribute("aria-label", told(push, calls));
  }
}

/** @param {Attempt} attempt @param {(moment: number) => string} at @param {boolean} failed */
function segment(attempt, at, failed) {
  const ended = attempt.ended ?? world.now;
  const bar = h(
    "span",
    {
      class: `segment ${attempt.end ?? "open"}${attempt.problem || failed ? " wrong" : ""}`,
      title: describe(attempt),
      "data-testid": "attempt",
      "data-mark": attempt.mark,
    },
    h("b", {}, attempt.number),
    attempt.mark ? h("span", {}, say(`mark_${attempt.mark}`)) : null,
    attempt.faults.length ? h("i", { class: "struck" }, "⚡") : null,
  );
  bar.style.left = at(attempt.began);
  bar.style.setProperty("--to", at(ended));
  bar.style.width = `calc(${at(ended)} - ${at(attempt.began)})`;
  return bar;
}

/** @param {string} name @param {string} left @param {string} title @param {string} [text] */
function placed(name, left, title, text = "") {
  const element = h("span", { class: name, title }, text);
  element.style.left = left;
  return element;
}

/** The customer-service messages that came after a push. @param {Push} push @returns {Call[]} */
export function delivered(push) {
  return push.calls
    .flatMap((id) => world.calls.get(id) ?? [])
    .filter(({ path }) => path.startsWith("/cgi-bin/message/"));
}

/** @param {Attempt} attempt */
export function describe(attempt) {
  const how =
    attempt.end === null
      ? say("end_open")
      : say(`end_${attempt.end}`, { status: attempt.status ?? "" });
  return [
    say("attempt", { n: attempt.number }),
    how,
    seconds(attempt.seconds),
    attempt.mark ? say(`mark_${attempt.mark}`) : "",
    attempt.problem?.text ?? "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {Push} push @param {Call[]} calls */
function told(push, calls) {
  const parts = push.attempts.map(describe);
  return [...parts, calls.length ? say("calls_after", { count: calls.length }) : ""]
    .filter(Boolean)
    .join("; ");
}

customElements.define("yz-timeline", Timeline);
