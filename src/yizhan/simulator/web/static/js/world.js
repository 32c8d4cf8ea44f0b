// @ts-check
/** @import {Account, Call, Catalogue, Clock, Entry, Fault, Follower, Line, Link, Problem, Push, State} from "./types.js" */
// What the page knows: one snapshot, kept up to date by one stream. Elements listen to it.

import { address, api, Refusal } from "./api.js";

const LINES = 500;
const PUSHES = 100; // that are read at once
const RETRY = 1000; // milliseconds until a lost simulator is looked for again
const RELOAD = 6000; // milliseconds that it may take to load a changed bot
const TYPING = 15; // seconds that WeChat shows 对方正在输入
const STREAM = [
  "account",
  "follower",
  "entry",
  "push",
  "call",
  "menu",
  "faults",
  "options",
  "clock",
  "log",
  "problem",
  "cleared",
];

/** @param {{account: string, openid: string}} whose */
export const keyOf = ({ account, openid }) => `${account}/${openid}`;

class World extends EventTarget {
  /** @type {Map<string, Account>} */ accounts = new Map();
  /** @type {Map<string, Follower>} */ followers = new Map();
  /** @type {Map<string, Map<string, Entry>>} */ screens = new Map();
  /** @type {Map<string, Push>} */ pushes = new Map();
  /** @type {Map<string, Call>} */ calls = new Map();
  /** @type {Record<string, Fault[]>} */ faults = {};
  /** @type {Record<string, unknown>} */ options = {};
  /** @type {Line[]} */ log = [];
  /** @type {Clock} */ clock = {
    now: Date.now() / 1000,
    skew: 0,
    pace: "real",
    paces: ["real"],
    rate: 1,
  };
  /** Why the bot cannot be served. @type {Problem|null} */ problem = null;
  /** @type {Link} */ link = "loading";
  /** @type {Map<string, string>} */ named = new Map(); // what the faults are called
  account = "";
  openid = "";
  push = "";
  more = false; // whether there are pushes that are not read yet
  #lost = 0; // the timer after which a broken connection counts as lost
  #read = 0; // when the clock was read, in the browser's own milliseconds
  /** @type {EventSource|null} */ #stream = null;
  /** @type {Promise<Catalogue>|null} */ #catalogue = null;

  /** @param {string} names @param {(event: CustomEvent) => void} listener */
  on(names, listener) {
    for (const name of names.split(" ")) {
      this.addEventListener(name, /** @type {EventListener} */ (listener));
    }
  }

  /** @param {string} name @param {unknown} [detail] */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Now, by the simulator's clock. */
  get now() {
    return this.clock.now + ((performance.now() - this.#read) / 1000) * this.clock.rate;
  }

  /** @returns {Account|undefined} */
  get currentAccount() {
    return this.accounts.get(this.account);
  }

  /** @returns {Follower|undefined} */
  get current() {
    return this.followers.get(`${this.account}/${this.openid}`);
  }

  /** The path of a follower in the API. @param {{account: string, openid: string}} [whose] */
  path(whose = this) {
    return `/accounts/${encodeURIComponent(whose.account)}/followers/${encodeURIComponent(whose.openid)}`;
  }

  followersOf(account = this.account) {
    return [...this.followers.values()].filter((follower) => follower.account === account);
  }

  /** Which of its account's followers that is. @param {{account: string, openid: string}} whose */
  placeOf({ account, openid }) {
    return Math.max(
      0,
      this.followersOf(account).findIndex((follower) => follower.openid === openid),
    );
  }

  /** The chosen account's pushes, oldest first. */
  pushesHere() {
    return [...this.pushes.values()]
      .filter(({ account }) => account === this.account)
      .sort((a, b) => a.began - b.began);
  }

  /** The chosen account's API calls, oldest first. */
  callsHere() {
    return [...this.calls.values()]
      .filter(({ account }) => account === this.account)
      .sort((a, b) => a.at - b.at);
  }

  async start() {
    const open = this.push;
    try {
      const state = /** @type {State} */ (await api.get("/state"));
      this.#take(state);
      this.#follow(state.last_event);
      this.#become("live");
      const [account] = this.accounts.keys();
      const asked = this.account ? this : read();
      await this.choose(
        this.accounts.has(asked.account) ? asked.account : (account ?? ""),
        asked.openid,
      );
      if (asked.push || open) this.inspect(asked.push || open, { quietly: true });
    } catch (problem) {
      const over = problem instanceof Refusal && problem.status === 401;
      if (!over && !(problem instanceof Refusal)) throw problem;
      if (over) return this.#become("ended");
      this.#break();
      setTimeout(() => this.start(), RETRY);
    }
  }

  /** @param {string} account @param {string} [openid] */
  async choose(account, openid = "") {
    const known = this.followersOf(account);
    const other = account !== this.account;
    this.account = account;
    this.openid = known.some((follower) => follower.openid === openid)
      ? openid
      : (known[0]?.openid ?? "");
    this.push = "";
    this.tell("chosen", { other });
    write(this);
    await Promise.all([this.#history(), this.openid ? this.earlier() : null]);
  }

  /** The push that an entry belongs to, by itself or by the call that sent it. @param {Entry} entry @returns {Promise<string|null>} */
  async pushOf({ push, call }) {
    if (push || !call) return push;
    const here = this.pushesHere().find(({ calls }) => calls.includes(call));
    const [found] = here ? [here] : await api.get("/pushes", { call });
    return found?.id ?? null;
  }

  /** Point the inspector at a push, however old it is. @param {string} id @param {{quietly?: boolean}} [how] quietly: the focus stays where it is */
  async inspect(id, { quietly = false } = {}) {
    try {
      if (!this.pushes.has(id)) this.pushes.set(id, await api.get(`/pushes/${id}`));
    } catch (problem) {
      if (quietly && problem instanceof Refusal) return;
      throw problem;
    }
    this.tell("inspect", { id, quietly });
  }

  /** That push stands open, or none. @param {string} push */
  opened(push) {
    this.push = push;
    write(this);
  }

  /** Read (more of) the chosen screen; true if there may be still more. */
  async earlier() {
    const whose = { account: this.account, openid: this.openid };
    const key = keyOf(whose);
    if (!this.screens.has(key)) this.screens.set(key, new Map());
    const before = this.screens.get(key)?.values().next().value?.id;
    const entries = /** @type {Entry[]} */ (
      await api.get(`${this.path(whose)}/screen`, { limit: 50, before })
    );
    const later = this.screens.get(key) ?? new Map();
    this.screens.set(
      key,
      new Map([
        ...entries.map((entry) => /** @type {[string, Entry]} */ ([entry.id, entry])),
        ...later,
      ]),
    );
    this.tell("screen", key);
    return entries.length === 50;
  }

  /** @returns {Promise<Catalogue>} */
  async catalogue() {
    this.#catalogue ??= api.get("/catalogue");
    try {
      const catalogue = await this.#catalogue;
      this.named = new Map(catalogue.faults.map(({ kind, text }) => [kind, text]));
      return catalogue;
    } catch (problem) {
      this.#catalogue = null;
      throw problem;
    }
  }

  /** Read more pushes, from before those that are here. */
  async earlierPushes() {
    const { account } = this;
    const before = Math.min(...this.pushesHere().map(({ id }) => Number(id)));
    const pushes = await api.get("/pushes", { account, limit: PUSHES, before });
    for (const push of pushes) this.pushes.set(push.id, push);
    this.more = pushes.length === PUSHES;
    this.tell("history");
  }

  async #history() {
    const query = { account: this.account, limit: PUSHES };
    const [pushes, calls] = await Promise.all([
      api.get("/pushes", query),
      api.get("/calls", query),
    ]);
    for (const push of pushes) if (!this.pushes.has(push.id)) this.pushes.set(push.id, push);
    for (const call of calls) if (!this.calls.has(call.id)) this.calls.set(call.id, call);
    this.more = pushes.length === PUSHES;
    this.tell("history");
  }

  /** @param {State} state */
  #take(state) {
    this.accounts = new Map(state.accounts.map((account) => [account.id, account]));
    this.followers = new Map(
      Object.values(state.followers)
        .flat()
        .map((follower) => [keyOf(follower), follower]),
    );
    this.screens = new Map();
    this.pushes = new Map();
    this.calls = new Map();
    this.faults = state.faults;
    this.options = state.options;
    this.log = state.log;
    this.problem = state.problem;
    this.#tick(state.clock);
    this.tell("state");
  }

  /** @param {number} after */
  #follow(after) {
    this.#stream?.close();
    const stream = new EventSource(address("/events", { after }));
    this.#stream = stream;
    for (const name of STREAM) {
      stream.addEventListener(name, (event) => this.#apply(name, JSON.parse(event.data)));
    }
    stream.addEventListener("reset", () => this.start());
    stream.addEventListener("open", () => this.#become("live"));
    stream.addEventListener("error", () => {
      this.#break();
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => this.start(), RETRY);
    });
  }

  /** @param {string} name @param {any} data */
  #apply(name, data) {
    const keep = /** @type {Record<string, () => void>} */ ({
      account: () => this.accounts.set(data.id, data),
      follower: () => this.#met(data),
      entry: () => this.screens.get(keyOf(data))?.set(data.id, data),
      push: () => this.pushes.set(data.id, data),
      call: () => this.#called(data),
      faults: () => (this.faults = { ...this.faults, [data.account]: data.faults }),
      options: () => (this.options = data),
      clock: () => this.#tick(data),
      log: () => (this.log = [...this.log.slice(1 - LINES), data]),
      problem: () => (this.problem = data),
      cleared: () => this.#forget(data.account),
    });
    keep[name]?.();
    this.tell(name, data);
  }

  /** The pushes of that account that are over were cleared away. @param {string} cleared */
  #forget(cleared) {
    for (const { id, account, ended } of [...this.pushes.values()])
      if (account === cleared && ended !== null) this.pushes.delete(id);
    this.more = false;
  }

  /** @param {Follower} follower */
  #met(follower) {
    this.followers.set(keyOf(follower), follower);
    if (!follower.typing) return;
    setTimeout(
      () => {
        if (this.followers.get(keyOf(follower)) !== follower) return;
        this.followers.set(keyOf(follower), { ...follower, typing: false });
        this.tell("follower", this.followers.get(keyOf(follower)));
      },
      (TYPING * 1000) / this.clock.rate,
    );
  }

  /** A call for a follower belongs to the push that was the latest then. @param {Call} call */
  #called(call) {
    this.calls.set(call.id, call);
    const latest = this.pushesHere().findLast(
      (push) => push.openid === call.openid && push.began <= call.at,
    );
    if (latest && !latest.calls.includes(call.id)) latest.calls.push(call.id);
  }

  /** @param {Clock} clock */
  #tick(clock) {
    this.clock = clock;
    this.#read = performance.now();
  }

  /** The connection broke: the bot is loaded anew, or the simulator has ended. */
  #break() {
    if (this.link !== "live") return this.#lost ? undefined : this.#become("lost");
    this.#become("reloading");
    this.#lost = setTimeout(() => this.#become("lost"), RELOAD);
  }

  /** @param {Link} link */
  #become(link) {
    if (link !== "reloading") {
      clearTimeout(this.#lost);
      this.#lost = 0;
    }
    if (link === this.link) return;
    this.link = link;
    this.tell("link");
  }
}

/** What the address names: account, follower, push. */
function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  return {
    account: given.get("account") ?? "",
    openid: given.get("follower") ?? "",
    push: given.get("push") ?? "",
  };
}

/** Have the address name what is looked at, so that a reload and a bookmark come back to it. @param {{account: string, openid: string, push: string}} chosen */
function write({ account, openid, push }) {
  const names = Object.entries({ account, follower: openid, push }).filter(([, value]) => value);
  history.replaceState(null, "", `#${new URLSearchParams(names)}`);
}

export const world = new World();

addEventListener("hashchange", () => {
  const { account, openid, push } = read();
  if (!world.accounts.has(account)) return;
  world.choose(account, openid).then(() => push && world.inspect(push, { quietly: true }));
});
