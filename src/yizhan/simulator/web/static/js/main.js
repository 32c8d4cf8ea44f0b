// @ts-check
// Wires the elements together and begins.

import "./bar.js";
import "./chat.js";
import "./followers.js";
import "./inspector.js";
import { tried } from "./toast.js";
import { world } from "./world.js";

tried(() => world.start());
