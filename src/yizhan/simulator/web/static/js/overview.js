// @ts-check
/** @import {Attempt, Push, Verdict} from "./types.js" */
// What became of a push, in words.

import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { summary } from "./summary.js";
import { seconds, toDay } from "./time.js";
import { tried } from "./toast.js";
import { delivered } from "./timeline.js";
import { world } from "./world.js";

/** @param {Push} push @returns {import("./dom.js").Child[]} */
export function overview(push) {
  const follower = world.followers.get(`${push.account}/${push.openid}`);
  const calls = delivered(push);
  return [
    h(
      "p",
      { class: `verdict ${outcomeOf(push)}`, testid: "verdict" },
      verdictOf(push.verdict),
    ),
    push.failed?.traceback
      ? h(
          "details",
          { class: "traceback" },
          h("summary", {}, say("traceback")),
          h("pre", { class: "code", tabindex: 0 }, push.failed.traceback),
        )
      : null,
    h(
      "table",
      { class: "attempts" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...["attempt_column", "began", "duration", "ended"].map((name) =>
            h("th", { scope: "col" }, say(name)),
          ),
        ),
      ),
      h("tbody", {}, ...push.attempts.map((attempt) => attemptRow(attempt, push.began))),
    ),
    calls.length ? h("h2", { class: "sub" }, say("calls_after", { count: calls.length })) : null,
    ...calls.map((call) =>
      button(
        "push-call",
        [
          icon("staff"),
          `+${seconds(call.at - push.began)} ${call.path}`,
          h(
            "span",
            { class: call.errcode ? "chip notice" : "chip replied" },
            call.errcode ? `${call.errcode}` : "ok",
          ),
        ],
        () => world.tell("call-open", call.id),
        { class: "callrow" },
      ),
    ),
    h(
      "dl",
      { class: "facts" },
      ...fact(say("follower"), `${follower?.nickname ?? ""} ${push.openid}`),
      ...fact("MsgId", push.message_id || "—"),
      ...fact("CreateTime", `${push.created} · ${toDay(push.created)}`),
      ...fact(say("mode"), `${say(`mode_${push.mode}`)} · ${push.format.toUpperCase()}`),
      ...(push.origin
        ? fact(
            say("origin"),
            button("push-origin", `#${push.origin}`, () => tried(() => world.inspect(push.origin ?? "")), {
              class: "phrase",
            }),
          )
        : []),
    ),
  ];
}

/** @param {Push} push */
const outcomeOf = ({ refused, failed, verdict }) => (refused || failed ? "notice" : (verdict?.outcome ?? "running"));

/** @param {Attempt} attempt @param {number} began */
function attemptRow(attempt, began) {
  const end =
    attempt.end === null
      ? say("end_open")
      : say(`end_${attempt.end}`, { status: attempt.status ?? "" });
  return h(
    "tr",
    { class: attempt.end ?? "open" },
    h("td", {}, attempt.number),
    h("td", {}, `+${seconds(attempt.began - began)}`),
    h("td", {}, seconds(attempt.seconds)),
    h(
      "td",
      {},
      end,
      attempt.status && attempt.end !== "answered" ? ` (HTTP ${attempt.status})` : "",
      attempt.mark ? ` · ${say(`mark_${attempt.mark}`)}` : "",
      attempt.faults.length
        ? ` ⚡ ${attempt.faults.map((name) => world.named.get(name) ?? name).join(", ")}`
        : "",
      attempt.problem && attempt.end !== "timeout"
        ? h("div", { class: "problem" }, attempt.problem.text)
        : "",
    ),
  );
}

/** @param {Verdict|null} verdict */
function verdictOf(verdict) {
  if (!verdict) return say("verdict_running");
  const values = {
    n: verdict.attempt,
    time: seconds(verdict.seconds),
    reason: verdict.reason?.text ?? "",
    reply: "",
  };
  if (verdict.reply) values.reply = summary(/** @type {any} */ (verdict.reply));
  return say(`verdict_${verdict.outcome}`, values);
}

/** @param {string} name @param {import("./dom.js").Child} value */
const fact = (name, value) => [h("dt", {}, name), h("dd", {}, value)];
