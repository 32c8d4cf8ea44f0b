// @ts-check
// WeChat's emoji are codes such as [微笑] in the text; here they look like their Unicode cousins.

const TABLE = `
  微笑 🙂 撇嘴 😕 色 😍 发呆 😳 得意 😎 流泪 😢 害羞 ☺️ 闭嘴 🤐
  睡 😴 大哭 😭 尴尬 😅 发怒 😠 调皮 😜 呲牙 😁 惊讶 😮 难过 🙁
  囧 😖 抓狂 😫 吐 🤮 偷笑 🤭 愉快 😊 白眼 🙄 傲慢 😏 困 🥱
  惊恐 😱 憨笑 😃 悠闲 😌 咒骂 🤬 疑问 🤔 嘘 🤫 晕 😵 衰 😩
  骷髅 💀 敲打 🔨 再见 👋 擦汗 😓 抠鼻 🫤 鼓掌 👏 坏笑 😈 鄙视 😒
  委屈 🥺 快哭了 😿 阴险 😼 亲亲 😘 可怜 😔 笑脸 😄 生病 🤒 脸红 😚
  破涕为笑 😂 恐惧 😨 失望 😞 无语 😑 嘿哈 🙆 捂脸 🤦 奸笑 😆 机智 🤓
  皱眉 ☹️ 耶 ✌️ 吃瓜 🍉 加油 💪 汗 💧 天啊 🙀 社会社会 🤘 旺柴 🐶
  好的 👌 打脸 🤕 哇 🤩 翻白眼 😶 666 🤙 让我看看 👀 叹气 😮‍💨 苦涩 🥲
  嘴唇 👄 爱心 ❤️ 心碎 💔 拥抱 🤗 强 👍 弱 👎 握手 🤝 胜利 ✌️
  抱拳 🙏 勾引 👈 拳头 👊 OK 👌 合十 🙏 啤酒 🍺 咖啡 ☕ 蛋糕 🎂
  玫瑰 🌹 凋谢 🥀 菜刀 🔪 炸弹 💣 便便 💩 月亮 🌙 太阳 🌞 庆祝 🎉
  礼物 🎁 红包 🧧 發 🀅 福 🈵 烟花 🎆 爆竹 🧨 猪头 🐷 跳跳 💃
  发抖 🥶 转圈 🌀
`;

// The codes that phones sent before, and some still do: code and name.
const CODES = `
  /::) 微笑 /::~ 撇嘴 /::B 色 /::| 发呆 /:8-) 得意 /::< 流泪 /::$ 害羞 /::X 闭嘴 /::Z 睡
  /::'( 大哭 /::-| 尴尬 /::@ 发怒 /::P 调皮 /::D 呲牙 /::O 惊讶 /::( 难过 /::+ 得意 /:--b 囧
  /::Q 抓狂 /::T 吐 /:,@P 偷笑 /:,@-D 愉快 /::d 白眼 /:,@o 傲慢 /:|-) 困 /::! 惊恐 /::L 汗
  /::> 憨笑 /::,@ 悠闲 /:,@f 加油 /::-S 咒骂 /:? 疑问 /:,@x 嘘 /:,@@ 晕 /:,@! 衰 /:!!! 骷髅
  /:xx 敲打 /:bye 再见 /:wipe 擦汗 /:dig 抠鼻 /:handclap 鼓掌 /:B-) 坏笑 /::-O 困 /:>-| 鄙视
  /:P-( 委屈 /::'| 快哭了 /:X-) 阴险 /::* 亲亲 /:8* 可怜 /:pd 菜刀 /:<W> 吃瓜 /:beer 啤酒
  /:coffee 咖啡 /:pig 猪头 /:rose 玫瑰 /:fade 凋谢 /:showlove 嘴唇 /:heart 爱心 /:break 心碎
  /:cake 蛋糕 /:bome 炸弹 /:shit 便便 /:moon 月亮 /:sun 太阳 /:gift 礼物 /:hug 拥抱 /:strong 强
  /:weak 弱 /:share 握手 /:v 胜利 /:@) 抱拳 /:jj 勾引 /:@@ 拳头 /:ok OK /:jump 跳跳 /:shake 发抖
  /:circle 转圈
`;

const words = TABLE.trim().split(/\s+/);

/** Names and glyphs, in WeChat's order. */
export const EMOJI = new Map(
  words.flatMap((word, place) => (place % 2 ? [] : [[word, words[place + 1]]])),
);

/** What tests a bot's manners: marks that break naive XML, JSON or string handling. */
export const TROUBLE = [
  ["]]>", "]]>"],
  ["<b>&amp;", "<b>&amp;"],
  ["U+0008", "\u0008"],
  ["U+000B", "\u000b"],
  ["U+FFFE", "\ufffe"],
  ["U+200B", "\u200b"],
  ["U+202E", "\u202e"],
  ["%s {0}", "%s {0}"],
  ["👨‍👩‍👧", "👨‍👩‍👧"],
  ["é (e + ◌́)", "e\u0301"],
  ["𠮷", "𠮷"],
  ["\\u4f60", "\\u4f60"],
];

const parts = CODES.trim().split(/\s+/);
const NAMES = new Map(parts.flatMap((part, place) => (place % 2 ? [] : [[part, parts[place + 1]]])));
const escaped = (/** @type {string} */ code) => code.replace(/[$()*+?^|[\]{}.\\]/g, "\\$&");
// The longest first: /:,@@ is not /:,@ with something behind it.
const OLD = [...NAMES.keys()].sort((a, b) => b.length - a.length).map(escaped);
const CODE = new RegExp(`\\[([^[\\]\\s]{1,6})\\]|${OLD.join("|")}`, "g");

/** The text with WeChat's codes as glyphs: [微笑], and /::) as it was before. @param {string} text */
export function glyphs(text) {
  return text.replace(CODE, (whole, name) => EMOJI.get(name ?? NAMES.get(whole)) ?? whole);
}
