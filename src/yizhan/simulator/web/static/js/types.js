// @ts-check
// The shapes of docs/simulator-api.md, for the checker only.

/**
 * @typedef {{id: string, nickname: string, kind: string, verified: boolean, mode: string,
 *   format: string, target: string, appid: string, secret: string, token: string,
 *   aes_key: string, original_id: string, ip_list: string[], rights: Record<string, boolean>,
 *   connected: boolean|null, module: string|null}} Account
 * @typedef {{account: string, openid: string, nickname: string, following: boolean,
 *   blocks: boolean, unread: number, typing: boolean, language: string, remark: string, tags: unknown[],
 *   window: {closes: number, left: number}|null, last: Entry|null}} Follower
 * @typedef {{id: string, account: string, openid: string, at: number, side: string, via: string,
 *   kind: string, content: Record<string, any>, push: string|null, call: string|null,
 *   ai: boolean}} Entry
 * @typedef {{code: string, text: string, values: Record<string, unknown>}} Reason
 * @typedef {{method: string, headers: Record<string, string>, plain: string, sent: string}} Request
 * @typedef {{headers: Record<string, string>, plain: string, sent: string}} Response
 * @typedef {{parts: string[], sha1: string, msg_parts: string[], msg_sha1: string}} Signature
 * @typedef {{number: number, began: number, ended: number|null, seconds: number|null,
 *   end: string|null, status: number|null, problem: Reason|null, url: string, request: Request,
 *   response: Response|null, signature: Signature, faults: string[], mark: string}} Attempt
 * @typedef {{outcome: string, attempt: number, seconds: number, reason: Reason|null,
 *   reply: {kind: string, content: Record<string, any>}|null}} Verdict
 * @typedef {{id: string, account: string, openid: string, kind: string, event: string,
 *   summary: string, message_id: string, created: number, mode: string, format: string,
 *   fields: Record<string, unknown>, body: string, began: number, ended: number|null,
 *   attempts: Attempt[], verdict: Verdict|null, calls: string[], entries: string[],
 *   origin: string|null, failed: Problem|null, refused: Reason|null}} Push
 * @typedef {{id: string, account: string, openid: string, at: number, method: string,
 *   path: string, query: Record<string, string>, body: string, status: number, errcode: number,
 *   errmsg: string, response: string}} Call
 * @typedef {{kind: string, times: number|null, openid: string|null,
 *   values: Record<string, number|string>}} Fault
 * @typedef {{now: number, skew: number, pace: string, paces: string[], rate: number}} Clock
 * @typedef {{at: number, level: string, text: string}} Line
 * @typedef {"loading"|"live"|"reloading"|"lost"|"ended"} Link
 * @typedef {{what: string, place: string, source: string, traceback: string}} Problem
 * @typedef {{type?: string, name: string, key?: string, url?: string, appid?: string,
 *   pagepath?: string, media_id?: string, article_id?: string, sub_button?: Button[]}} Button
 * @typedef {{button: Button[], menuid: number|null, source: string}} Menu
 * @typedef {{media_id: string, type: string, name: string, content_type: string, size: number,
 *   url: string, sample: boolean, expires: number|null}} Media
 * @typedef {{scene: string, ticket: string, url: string, picture: string,
 *   expires: number|null}} Scene
 * @typedef {{handler: {name: string, place: string}|null, why: string|null,
 *   values?: Record<string, unknown>, passed?: {name: string, why: string}[],
 *   session: Record<string, unknown>|null, log: Line[]|null}} Inside
 * @typedef {{kind: string, group: string, text: string, times: number,
 *   values: Record<string, number|string>}} FaultKind
 * @typedef {{name: string, text: string, value: unknown, allowed: unknown[],
 *   source?: string}} OptionKind
 * @typedef {{faults: FaultKind[], options: OptionKind[],
 *   events: {name: string, fields: Record<string, unknown>, shown: boolean}[]}} Catalogue
 * @typedef {{accounts: Account[], followers: Record<string, Follower[]>,
 *   options: Record<string, unknown>, faults: Record<string, Fault[]>, clock: Clock,
 *   log: Line[], problem: Problem|null, last_event: number}} State
 */
export {};
