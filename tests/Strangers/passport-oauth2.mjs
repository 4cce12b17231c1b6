// Signing in with Passport, from the redirect to the profile: node passport-oauth2.mjs SERVER CLIENT_ID CLIENT_SECRET
import assert from 'node:assert';
import Strategy from 'passport-oauth2';
import { browse } from './browser.mjs';

const [server, clientID, clientSecret] = process.argv.slice(2);

const strategy = new Strategy(
  {
    authorizationURL: `${server}/open/oauth/2.0/authorize`,
    tokenURL: `${server}/open/oauth/2.0/token`,
    callbackURL: 'https://demo.example/callback',
    clientID,
    clientSecret,
    scope: ['basic', 'email'],
    state: true,
    pkce: true,
  },
  (accessToken, refreshToken, profile, done) => done(null, { accessToken, refreshToken, profile }));

// The package leaves to whoever uses it where a profile is.
strategy.userProfile = function (token, done) {
  const address = `${server}/open/rest/2.0/passport/users/getLoggedInUser`;
  this._oauth2.get(address, token, (error, body) => error ? done(error) : done(null, JSON.parse(body)));
};

function authenticate(session, query) {
  return new Promise((resolve, reject) => {
    const once = Object.create(strategy, {
      success: { value: (user) => resolve({ user }) },
      fail: { value: (info, status) => resolve({ failed: status ?? info }) },
      redirect: { value: (url) => resolve({ url }) },
      error: { value: reject },
    });
    once.authenticate({ session, query, headers: {}, url: '/' });
  });
}

const session = {};
const { url } = await authenticate(session, {});
const back = Object.fromEntries(new URL((await browse(url)).url).searchParams);
assert.strictEqual((await authenticate({}, back)).failed, 403); // another browser's

const { user } = await authenticate(session, back);
assert.strictEqual(user.profile.uname, 'mainland');

const again = await new Promise((resolve, reject) => strategy._oauth2.getOAuthAccessToken(
  user.refreshToken, { grant_type: 'refresh_token' }, (error, token) => error ? reject(error) : resolve(token)));
assert.notStrictEqual(again, user.accessToken);
