// @ts-check
/** @import {Push} from "./types.js" */
// How what became of a push differs from what became of it before, or of the push it repeats.

import { api } from "./api.js";
import { show } from "./dialog.js";
import { fill, h } from "./dom.js";
import { say } from "./say.js";
import { toSecond } from "./time.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

/** The push that was the first of all that repeat it. @param {Push} push */
function first(push) {
  let each = push;
  while (each.origin && world.pushes.has(each.origin))
    each = /** @type {Push} */ (world.pushes.get(each.origin));
  return each.origin ?? each.id;
}

/** A push and all that repeat it, in order. @param {Push} push */
export function family(push) {
  return world.pushesHere().filter((each) => first(each) === first(push));
}

/** @param {Push} push */
export async function compare(push) {
  const others = family(push).filter(({ id }) => id !== push.id);
  const before = others.filter(({ began }) => began < push.began).at(-1) ?? others[0];
  const lines = h("pre", { class: "code difference", tabindex: 0, testid: "difference" });
  const select = h(
    "select",
    { id: "compare-with", testid: "compare-with", onchange: () => read(select.value) },
    ...others.map(({ id, began, summary }) =>
      h("option", { value: id }, `#${id} · ${toSecond(began)} · ${summary}`),
    ),
  );

  /** @param {string} from */
  async function read(from) {
    const told = await tried(() => api.get(`/pushes/${push.id}/difference`, { from }));
    if (!told) return;
    const same = told.lines.every((/** @type {string} */ line) => line.startsWith("  "));
    fill(lines, ...(same ? [say("compare_same")] : told.lines.map(marked)));
  }

  select.value = before.id;
  show(
    "compare-dialog",
    say("compare"),
    h(
      "div",
      { class: "field" },
      h("label", { for: "compare-with" }, say("compare_with")),
      select,
    ),
    h("p", { class: "note" }, say("compare_note")),
    lines,
  );
  await read(before.id);
}

/** @param {string} line */
function marked(line) {
  const name = line.startsWith("- ") ? "del" : line.startsWith("+ ") ? "ins" : "span";
  return h(name, {}, `${line}\n`);
}
