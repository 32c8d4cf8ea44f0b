// The bot with co-wechat and Koa.
const Koa = require("koa");
const wechat = require("co-wechat");
const { setTimeout: sleep } = require("node:timers/promises");

const config = { token: process.env.TOKEN };
if (process.env.AES_KEY) {
  config.appid = process.env.APPID;
  config.encodingAESKey = process.env.AES_KEY;
}

const app = new Koa();
app.use(
  wechat(config).middleware(async (message) => {
    if (message.MsgType === "text" && message.Content === "slow") {
      await sleep(12000);
      return "at last";
    }
    if (message.MsgType === "text") return message.Content;
    if (message.MsgType === "event" && message.Event === "subscribe") return "welcome";
    return "";
  }),
);
app.listen(Number(process.env.PORT), "127.0.0.1");
