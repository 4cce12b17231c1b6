// Signing in on a page with Passport, from the redirect to the profile: node passport-wechat.js BASE APPID SECRET
'use strict';

const assert = require('node:assert');
const urllib = require('urllib');

const [base, appID, appSecret] = process.argv.slice(2);
const here = (url) => url.replace(/^https:\/\/(api|open)\.weixin\.qq\.com/, base);

// The package knows WeChat's hosts alone. It stays as it is: what it asks of them goes to our server.
const request = urllib.request;
urllib.request = (url, ...rest) => request(here(url), ...rest);

const Strategy = require('passport-wechat').Strategy;

function authenticate(query) {
  return new Promise((resolve, reject) => {
    const strategy = new Strategy(
      { appID, appSecret, client: 'wechat', callbackURL: 'https://demo.example/callback', scope: 'snsapi_userinfo', state: 's1' },
      (accessToken, refreshToken, profile, expiresIn, done) => done(null, profile));
    strategy.success = (user) => resolve({ user });
    strategy.fail = (status) => resolve({ failed: status });
    strategy.redirect = (url) => resolve({ url });
    strategy.error = reject;
    strategy.authenticate({ _passport: {}, query, url: '/', headers: {}, get: () => 'MicroMessenger' });
  });
}

async function main() {
  const { url } = await authenticate({});
  const chosen = await fetch(`${here(url.split('#')[0])}&user=xiaowei`, { redirect: 'manual' });
  assert.strictEqual(chosen.status, 302);
  const back = new URL(chosen.headers.get('location')).searchParams;
  assert.strictEqual(back.get('state'), 's1');

  const { user } = await authenticate({ code: back.get('code'), state: 's1' });
  assert.ok(user.openid && user.unionid && user.nickname, JSON.stringify(user));

  await assert.rejects(authenticate({ code: back.get('code'), state: 's1' }), /40163|been used/);
  assert.strictEqual((await authenticate({ state: 's1' })).failed, 401);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
