// The server API of official accounts, at a server that is named: node co-wechat-api.js BASE APPID SECRET OPENID
'use strict';

const assert = require('node:assert');
const WechatAPI = require('co-wechat-api');

const [base, appid, secret, openid] = process.argv.slice(2);

async function main() {
  const api = new WechatAPI(appid, secret);
  api.prefix = `${base}/cgi-bin/`;

  const { accessToken } = await api.getAccessToken();
  assert.ok(accessToken.length >= 512);

  const qr = await api.createTmpQRCode('scene-of-a-stranger', 300);
  assert.strictEqual(qr.expire_seconds, 300);
  assert.match(qr.url, /^http:\/\/weixin\.qq\.com\/q\//);

  const follower = await api.getUser(openid);
  assert.deepStrictEqual([follower.subscribe, follower.openid], [1, openid]);
  assert.ok(follower.unionid);
  await assert.rejects(api.getUser('onobody'), { code: 40003 });

  const sent = await api.sendText(openid, 'Hello from a stranger');
  assert.strictEqual(sent.errcode, 0);
  await assert.rejects(api.sendText('onobody', 'Hello'), { code: 40003 });

  await assert.rejects(new WechatAPIAt(appid, 'wrong').getAccessToken(), { code: 40125 });
}

class WechatAPIAt extends WechatAPI {
  constructor(...account) {
    super(...account);
    this.prefix = `${base}/cgi-bin/`;
  }
}

main();
