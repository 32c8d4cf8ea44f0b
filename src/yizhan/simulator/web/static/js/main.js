// @ts-check
// Wires the elements together and begins.

import "./bar.js";
import "./chat.js";
import "./followers.js";
import "./inspector.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

tried(() => world.start().then(begin));

document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault(); // the address names what is looked at
  composer().write();
});

const composer = () =>
  /** @type {import("./composer.js").Composer} */ (document.querySelector("yz-composer"));

/** Whoever comes with a keyboard can write at once. */
function begin() {
  if (matchMedia("(pointer: fine)").matches && document.activeElement === document.body)
    composer().begin();
}
