// Signing in on a page, with the hosts led to a server that is named: node co-wechat-oauth.js BASE APPID SECRET CODE
'use strict';

const assert = require('node:assert');
const httpx = require('httpx');

const [base, appid, secret, code] = process.argv.slice(2);

// The package knows WeChat's hosts alone. It stays as it is: what it asks of them goes to our server.
const request = httpx.request;
httpx.request = (url, options) => request(url.replace(/^https:\/\/(api|open)\.weixin\.qq\.com/, base), options);

const OAuth = require('co-wechat-oauth');

async function main() {
  const oauth = new OAuth(appid, secret);
  const { data } = await oauth.getAccessToken(code);
  assert.strictEqual(data.scope, 'snsapi_userinfo');

  const user = await oauth.getUser(data.openid);
  assert.strictEqual(user.openid, data.openid);
  assert.ok(user.nickname && user.unionid);

  const again = await oauth.refreshAccessToken(data.refresh_token);
  assert.strictEqual(again.data.openid, data.openid);
  assert.strictEqual((await oauth.verifyToken(data.openid, again.data.access_token)).errcode, 0);

  await assert.rejects(oauth.getAccessToken(code), { code: 40163 });
  await assert.rejects(new OAuth(appid, 'wrong').getAccessToken(code), { code: 40125 });
}

main();
