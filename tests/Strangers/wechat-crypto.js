// A push in the encrypted mode, to the address that is named: node wechat-crypto.js ADDRESS TOKEN KEY APPID GH SCENE OPENID
'use strict';

const assert = require('node:assert');
const WXBizMsgCrypt = require('wechat-crypto');

const [address, token, key, appid, to, scene, openid] = process.argv.slice(2);

async function push(crypt, signedWith) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = 'stranger';
  const encrypted = crypt.encrypt(
    `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName>`
    + `<CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event>`
    + `<EventKey><![CDATA[${scene}]]></EventKey></xml>`);
  const query = new URLSearchParams({
    timestamp,
    nonce,
    signature: signedWith.getSignature(timestamp, nonce, ''),
    msg_signature: signedWith.getSignature(timestamp, nonce, encrypted),
    encrypt_type: 'aes',
  });
  const response = await fetch(`${address}?${query}`, {
    method: 'POST',
    body: `<xml><ToUserName><![CDATA[${to}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    headers: { 'Content-Type': 'text/xml' },
  });
  return response.text();
}

async function main() {
  const good = new WXBizMsgCrypt(token, key, appid);
  assert.notStrictEqual(await push(good, new WXBizMsgCrypt('another', key, appid)), 'success');
  assert.notStrictEqual(await push(new WXBizMsgCrypt(token, 'A'.repeat(43), appid), good), 'success');
  assert.notStrictEqual(await push(new WXBizMsgCrypt(token, key, 'wxanother'), good), 'success');
  assert.strictEqual(await push(good, good), 'success');
}

main();
