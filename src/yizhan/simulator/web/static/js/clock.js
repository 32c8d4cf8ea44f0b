// @ts-check
// The simulator's clock: what it says, how fast it goes, time that passes, days that go by.

import { api } from "./api.js";
import { ask } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { dropdown } from "./dropdown.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { toDay, toSecond } from "./time.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

const PASSES = /** @type {[string, number][]} */ ([
  ["pass_5", 5],
  ["pass_60", 60],
]);
const JUMPS = /** @type {[string, number][]} */ ([
  ["jump_minute", 60],
  ["jump_hour", 3600],
  ["jump_day", 86_400],
  ["jump_window", 172_800],
]);

export function clockControl() {
  const face = h("span", { class: "now", testid: "clock-now" });
  const fast = h("span", { class: "speed" });
  const box = dropdown("clock", [icon("clock"), face, fast], content, {
    label: say("clock"),
    class: "clock",
  });
  const tick = () => {
    fill(face, toSecond(world.now));
    face.title = toDay(world.now);
    const { pace, skew } = world.clock;
    fill(fast, pace === "real" ? (skew ? `+${toSpan(skew)}` : "") : say(`pace_${pace}`));
  };
  setInterval(tick, 250);
  world.on("clock state", tick);
  tick();
  return box;
}

/** @param {number} seconds */
function toSpan(seconds) {
  if (seconds >= 86_400) return say("days", { n: Math.round(seconds / 8640) / 10 });
  const minutes = `${Math.floor((seconds % 3600) / 60)}`.padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${minutes}`;
}

/** @param {() => void} close */
function content(close) {
  const { pace, paces } = world.clock;
  return [
    ...(paces.length > 1 ? faster(pace, paces, move) : [h("p", { class: "note" }, say("real_time"))]),
    h("h2", {}, say("calendar")),
    h(
      "div",
      { class: "jumps" },
      ...JUMPS.map(([phrase, skip]) => button(`jump-${skip}`, say(phrase), () => move({ skip }))),
      button("jump-other", say("jump_other"), other, { class: "wide" }),
    ),
    h("p", { class: "note" }, say("calendar_note")),
  ];

  /** @param {Record<string, number|string>} how */
  async function move(how) {
    close();
    await tried(() => api.post("/clock", how));
  }

  async function other() {
    close();
    const values = await ask(
      "ask-jump",
      say("jump_other"),
      [{ name: "skip", label: say("jump_seconds"), type: "number", value: 300 }],
      { submit: say("jump") },
    );
    if (values) await tried(() => api.post("/clock", values));
  }
}

/** What only a bot on the simulator's own loop allows. @param {string} pace @param {string[]} paces @param {(how: Record<string, number|string>) => unknown} move */
function faster(pace, paces, move) {
  return [
    h(
      "div",
      { class: "segments", role: "group", "aria-label": say("pace") },
      ...paces.map((each) =>
        button(`pace-${each}`, say(`pace_${each}`), () => move({ pace: each }), {
          "aria-pressed": `${each === pace}`,
        }),
      ),
    ),
    h(
      "div",
      { class: "jumps" },
      ...PASSES.map(([phrase, pass]) => button(`pass-${pass}`, say(phrase), () => move({ pass }))),
    ),
    h("p", { class: "note" }, say("pace_note")),
  ];
}
