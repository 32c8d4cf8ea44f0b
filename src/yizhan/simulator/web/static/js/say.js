// @ts-check
// What the page says: the phrases that its shell carries, in the reader's language.

/** @type {Record<string, string>} */
const phrases = JSON.parse(document.getElementById("phrases")?.textContent ?? "{}");

export const language = document.documentElement.dataset.language ?? "zh";
export const locale = language === "zh" ? "zh-CN" : "en-GB";

/**
 * The phrase of that name with its values filled in; the name itself when there is none.
 * @param {string} name
 * @param {Record<string, unknown>} [values]
 */
export function say(name, values = {}) {
  return (phrases[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => `${values[key] ?? whole}`);
}

/** The phrase of that name, or the fallback. @param {string} name @param {string} fallback */
export function sayOr(name, fallback) {
  return phrases[name] ?? fallback;
}
