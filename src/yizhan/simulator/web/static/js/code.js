// @ts-check
// XML, JSON and programs as people read them: indented, coloured, ready to be copied.

import { show } from "./dialog.js";
import { button, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { copy, tried } from "./toast.js";

const TOKEN = /<!\[CDATA\[[\s\S]*?\]\]>|<\/?[^>]+>|[^<]+/g;
const JSON_TOKEN =
  /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b|[^"\d\-tfn]+|./gi;

/** A block of XML, JSON or anything else. @param {string} text @param {string} [testid] */
export function code(text, testid = "code") {
  const block = h("pre", { class: "code", tabindex: 0, testid });
  const trimmed = text.trim();
  if (!trimmed) fill(block, h("em", {}, say("empty_body")));
  else if (trimmed.startsWith("<")) block.append(...xml(trimmed));
  else if (/^[[{]/.test(trimmed)) block.append(...json(trimmed));
  else block.append(text);
  const bar = button("copy-code", icon("copy"), () => copy(text), {
    class: "bare copy",
    "aria-label": say("copy"),
    title: say("copy"),
  });
  return h("div", { class: "codebox" }, block, bar);
}

/** @param {string} text */
function xml(text) {
  const parts = /** @type {(Node|string)[]} */ ([]);
  let depth = 0;
  let leaf = false; // whether an element was opened and holds no element yet
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith("<![CDATA[")) {
      parts.push(
        h("span", { class: "mark" }, "<![CDATA["),
        h("span", { class: "value" }, token.slice(9, -3)),
        h("span", { class: "mark" }, "]]>"),
      );
    } else if (token.startsWith("</")) {
      depth = Math.max(0, depth - 1);
      parts.push(leaf ? "" : newline(depth), h("span", { class: "tag" }, token));
      leaf = false;
    } else if (token.startsWith("<")) {
      parts.push(parts.length ? newline(depth) : "", h("span", { class: "tag" }, token));
      leaf = !token.endsWith("/>") && !token.startsWith("<?") && !token.startsWith("<!");
      if (leaf) depth += 1;
    } else if (token.trim()) {
      parts.push(h("span", { class: "value" }, token));
    }
  }
  return parts;
}

/** @param {number} depth */
const newline = (depth) => `\n${"  ".repeat(depth)}`;

/** @param {string} text */
function json(text) {
  let pretty = text;
  try {
    // A long MsgId is no number to a browser, so the text is only indented when nothing is lost.
    const parsed = JSON.parse(text);
    if (!/\d{16,}/.test(text)) pretty = JSON.stringify(parsed, null, 2);
  } catch {
    return [text];
  }
  return [...pretty.matchAll(JSON_TOKEN)].map(([token, quoted, colon]) => {
    if (quoted)
      return colon
        ? h("span", {}, h("span", { class: "tag" }, quoted), colon)
        : h("span", { class: "value" }, token);
    return /^[-\dtfn]/i.test(token) ? h("span", { class: "number" }, token) : token;
  });
}

/** A dialog with a text that was asked for, already on the clipboard. @param {string} title @param {() => Promise<{text: string}>} get */
export async function codeDialog(title, get) {
  const got = await tried(get);
  if (!got) return;
  show("code-dialog", title, code(got.text, "code-text"));
  await copy(got.text);
}
