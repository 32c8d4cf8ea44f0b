// @ts-check
// Wires the elements together and begins.

import "./bar.js";
import "./chat.js";
import "./followers.js";
import "./inspector.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

tried(() => world.start().then(begin));

/** Whoever comes with a keyboard can write at once. */
function begin() {
  const composer = document.querySelector("yz-composer");
  if (matchMedia("(pointer: fine)").matches && document.activeElement === document.body)
    /** @type {import("./composer.js").Composer} */ (composer).begin();
}
