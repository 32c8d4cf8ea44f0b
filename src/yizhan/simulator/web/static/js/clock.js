// @ts-check
// The simulator's clock: what it says, how fast it runs, and jumps.

import { api } from "./api.js";
import { ask } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { dropdown } from "./dropdown.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { toDay, toSecond } from "./time.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

const SPEEDS = [1, 10];
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
    const { speed = 1, skew } = world.clock;
    fill(
      fast,
      speed === 1
        ? skew
          ? `+${skew >= 86_400 ? say("days", { n: Math.round(skew / 8640) / 10 }) : toSpan(skew)}`
          : ""
        : `×${speed}`,
    );
  };
  setInterval(tick, 250);
  world.on("clock state", tick);
  tick();
  return box;
}

/** @param {number} seconds */
const toSpan = (seconds) =>
  `${Math.floor(seconds / 3600)}:${`${Math.floor((seconds % 3600) / 60)}`.padStart(2, "0")}`;

/** @param {() => void} close */
function content(close) {
  const { speed } = world.clock;
  return [
    speed === undefined
      ? null
      : h(
          "div",
          { class: "segments", role: "group", "aria-label": say("speed") },
          ...SPEEDS.map((each) =>
            button(
              `speed-${each}`,
              each === 1 ? say("speed_real") : `×${each}`,
              () => move({ speed: each }),
              { "aria-pressed": `${each === speed}` },
            ),
          ),
        ),
    h(
      "div",
      { class: "jumps" },
      ...JUMPS.map(([phrase, skip]) => button(`jump-${skip}`, say(phrase), () => move({ skip }))),
      button("jump-other", say("jump_other"), other),
    ),
    h("p", { class: "note" }, say(speed === undefined ? "clock_note" : "clock_note_fast")),
  ];

  /** @param {Record<string, number>} how */
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
