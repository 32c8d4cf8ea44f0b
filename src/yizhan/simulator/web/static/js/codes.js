// @ts-check
/** @import {Scene} from "./types.js" */
// The account's QR codes: their pictures, whether they are still good, scanning them.

import { act } from "./act.js";
import { api } from "./api.js";
import { ask } from "./dialog.js";
import { button, h } from "./dom.js";
import { picture, source } from "./media.js";
import { say } from "./say.js";
import { left } from "./time.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

const path = () => `/accounts/${encodeURIComponent(world.account)}/scenes`;

/** @returns {Promise<Scene[]>} */
const read = async () => (await tried(() => api.get(path()))) ?? [];

/** @param {Scene} scene */
const over = ({ expires }) => expires !== null && expires <= world.now;

/** A code as it hangs on a wall; a tap scans it. @param {Scene} scene @param {() => unknown} tapped */
function card(scene, tapped) {
  const { expires } = scene;
  const ends =
    expires === null
      ? say("code_permanent")
      : over(scene)
        ? say("code_over")
        : say("code_left", { time: left(expires - world.now) });
  return button(
    "code-card",
    [
      picture(source(scene.picture), "", "code"),
      h("b", {}, scene.scene),
      h("small", {}, ends),
    ],
    tapped,
    { class: "codecard", disabled: over(scene), "aria-label": `${scene.scene}, ${ends}` },
  );
}

/** Every code of the account, each to be scanned by whoever is at the phone. @param {() => void} [done] */
export async function wall(done) {
  const scenes = await read();
  return h(
    "div",
    { class: "codes", role: "group", "aria-label": say("codes") },
    ...scenes.map((scene) =>
      card(scene, () => {
        done?.();
        return scanned(scene.scene);
      }),
    ),
  );
}

/** @param {string} scene */
export const scanned = (scene) => act({ do: "scan", scene });

/** WeChat's scanner: one of the account's codes, or a new one. */
export async function scan() {
  const codes = await wall(() => codes.closest("dialog")?.close());
  const values = await ask(
    "ask-scan",
    say("do_scan"),
    [
      codes.children.length
        ? { name: "scene", label: say("code_other") }
        : { name: "scene", label: say("scene"), value: "shop-42" },
    ],
    {
      submit: say("do_scan"),
      note: say(world.current?.following ? "scan_following" : "scan_stranger"),
      extra: codes,
    },
  );
  if (values?.scene) await scanned(values.scene);
}

/** One more code, permanent. */
export async function add() {
  const values = await ask(
    "ask-code",
    say("code_new"),
    [{ name: "scene", label: say("scene"), value: "shop-42" }],
    { submit: say("save") },
  );
  if (values?.scene) await tried(() => api.post(path(), { scene: values.scene }));
}
