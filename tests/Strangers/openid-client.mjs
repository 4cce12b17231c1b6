// OpenID Connect, from discovery to revocation: node openid-client.mjs SERVER CLIENT_ID CLIENT_SECRET
// Needs the setting Surfaces:HuaweiAccount:Issuer=SERVER/huawei: the package refuses an issuer other than the address it asked.
import assert from 'node:assert';
import * as client from 'openid-client';
import { browse } from './browser.mjs';

const [server, id, secret] = process.argv.slice(2);
const http = { execute: [client.allowInsecureRequests] }; // on loopback there is no certificate

const config = await client.discovery(new URL(`${server}/huawei`), id, secret, undefined, http);
const verifier = client.randomPKCECodeVerifier();
const expected = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce() };
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: 'https://demo.example/callback',
  scope: 'openid profile email',
  access_type: 'offline', // this is how the platform is asked for a refresh token
  state: expected.expectedState,
  nonce: expected.expectedNonce,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});

const back = new URL((await browse(url.href)).url);
const tokens = await client.authorizationCodeGrant(config, back, { ...expected, idTokenExpected: true });
const { iss, aud, sub, display_name: name } = tokens.claims();
assert.deepStrictEqual([iss, aud], [`${server}/huawei`, id]);
assert.strictEqual(name, '小明');

const service = new URL(`${server}/huawei/rest.php?nsp_svc=GOpen.User.getInfo&getNickName=1`); // discovery names no userinfo
const getInfo = (token) => client.fetchProtectedResource(config, token, service, 'POST');
const person = await (await getInfo(tokens.access_token)).json();
assert.ok(person.openID && person.unionID);
assert.strictEqual(person.displayName, name);

const again = await client.refreshTokenGrant(config, tokens.refresh_token);
assert.strictEqual(again.claims().sub, sub);

await client.tokenRevocation(config, again.access_token);
assert.strictEqual((await getInfo(again.access_token)).headers.get('NSP_STATUS'), '6');

await assert.rejects(client.authorizationCodeGrant(config, back, { ...expected, expectedState: 'another' }));
