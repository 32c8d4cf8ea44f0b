// @ts-check
// Times as people read them.

import { locale, say } from "./say.js";

const clock = new Intl.DateTimeFormat(locale, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const second = new Intl.DateTimeFormat(locale, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });
const date = new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", day: "numeric" });
const DAY = 86_400;

/** 10:02:11 @param {number} at */
export const toSecond = (at) => second.format(at * 1000);

/** 10:02 @param {number} at */
export const toMinute = (at) => clock.format(at * 1000);

/** The day and the time, as detailed as it helps. @param {number} at */
export const toDay = (at) => `${date.format(at * 1000)} ${second.format(at * 1000)}`;

/** Midnights gone by between two moments. @param {number} at @param {number} now */
function days(at, now) {
  const midnight = new Date(now * 1000).setHours(0, 0, 0, 0) / 1000;
  return at >= midnight ? 0 : Math.ceil((midnight - at) / DAY);
}

/** As WeChat separates messages: 10:02, 昨天 10:02, 星期三 10:02. @param {number} at @param {number} now */
export function separator(at, now) {
  const gone = days(at, now);
  if (gone === 0) return toMinute(at);
  if (gone === 1) return `${say("yesterday")} ${toMinute(at)}`;
  if (gone < 7) return `${weekday.format(at * 1000)} ${toMinute(at)}`;
  return `${date.format(at * 1000)} ${toMinute(at)}`;
}

/** As WeChat's conversation list tells it. @param {number} at @param {number} now */
export function brief(at, now) {
  const gone = days(at, now);
  if (gone === 0) return toMinute(at);
  return gone === 1
    ? say("yesterday")
    : gone < 7
      ? weekday.format(at * 1000)
      : date.format(at * 1000);
}

/** 4.1 s @param {number|null|undefined} value */
export function seconds(value) {
  if (value === null || value === undefined) return "";
  return say("seconds", {
    n: value < 10 ? value.toFixed(value < 1 ? 2 : 1) : Math.round(value * 10) / 10,
  });
}

/** 47:59, the time until then. @param {number} left */
export function left(left) {
  const minutes = Math.max(0, Math.floor(left / 60));
  if (minutes < 1) return seconds(Math.max(0, Math.ceil(left)));
  return `${Math.floor(minutes / 60)}:${`${minutes % 60}`.padStart(2, "0")}`;
}
