// OAuth at the Open API, each answer checked step by step: node oauth4webapi.mjs SERVER CLIENT_ID CLIENT_SECRET
import assert from 'node:assert';
import * as oauth from 'oauth4webapi';
import { browse } from './browser.mjs';

const [server, client_id, secret] = process.argv.slice(2);
const callback = 'https://demo.example/callback';
const http = { [oauth.allowInsecureRequests]: true }; // on loopback there is no certificate

// The Open API has no discovery document.
const at = {
  issuer: `${server}/open`,
  authorization_endpoint: `${server}/open/oauth/2.0/authorize`,
  token_endpoint: `${server}/open/oauth/2.0/token`,
};
const client = { client_id };
const authentication = oauth.ClientSecretBasic(secret);
const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];

const url = new URL(at.authorization_endpoint);
url.search = new URLSearchParams({
  client_id,
  redirect_uri: callback,
  response_type: 'code',
  scope: 'basic',
  state,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});

const back = new URL((await browse(url.href)).url);
const sent = oauth.validateAuthResponse(at, client, back, state);
const exchange = () => oauth.authorizationCodeGrantRequest(at, client, authentication, sent, callback, verifier, http);
const tokens = await oauth.processAuthorizationCodeResponse(at, client, await exchange());
assert.strictEqual(tokens.scope, 'basic');

async function call(token, method) {
  const address = new URL(`${server}/open/rest/2.0/passport/${method}`);
  return (await oauth.protectedResourceRequest(token, 'GET', address, undefined, undefined, http)).json();
}

assert.strictEqual((await call(tokens.access_token, 'users/getLoggedInUser')).uname, 'mainland');

const refresh = await oauth.refreshTokenGrantRequest(at, client, authentication, tokens.refresh_token, http);
const again = await oauth.processRefreshTokenResponse(at, client, refresh);
assert.strictEqual((await call(again.access_token, 'users/getInfo')).username, 'mainland');

assert.deepStrictEqual(await call(again.access_token, 'auth/expireSession'), { result: '1' });
assert.strictEqual((await call(again.access_token, 'users/getInfo')).error_code, 110);

await assert.rejects(
  async () => oauth.processAuthorizationCodeResponse(at, client, await exchange()), { error: 'invalid_grant' });
