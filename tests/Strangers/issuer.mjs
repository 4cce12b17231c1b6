// A platform that misbehaves on purpose, and what openid-client says to each way of it:
// node issuer.mjs SERVER CLIENT_ID CLIENT_SECRET prints a row for each, and fails where it is another than in issuer.tsv.
// Needs the setting Surfaces:HuaweiAccount:Issuer=SERVER/huawei.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import { browse } from './browser.mjs';

const [server, id, secret] = process.argv.slice(2);
const cookies = {};
const shared = ['jwks-without-key', 'wrong-discovery-issuer', 'missing-iss-parameter']; // what no request of theirs names an app for

const sandbox = (method, body) => fetch(`${server}/sandbox/faults`, {
  method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' },
});

async function breaking(fault, seen) {
  const answer = await sandbox('POST', shared.includes(fault) ? { fault } : { fault, client_id: id, target: seen });
  assert.strictEqual(answer.status, 201, await answer.text());
}

/** @param checks whether the signatures of ID tokens are verified, which the package leaves to TLS unless it is asked to */
async function discover(checks) {
  const execute = [client.allowInsecureRequests]; // on loopback there is no certificate
  if (checks)
    execute.push(client.enableNonRepudiationChecks);
  const config = await client.discovery(new URL(`${server}/huawei`), id, secret, undefined, { execute });
  config.timeout = 5;
  return config;
}

async function signIn(config) {
  const verifier = client.randomPKCECodeVerifier();
  const expected = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce() };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: 'https://demo.example/callback',
    scope: 'openid profile',
    access_type: 'offline',
    state: expected.expectedState,
    nonce: expected.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const back = new URL((await browse(url.href, cookies)).url);
  const tokens = await client.authorizationCodeGrant(config, back, { ...expected, idTokenExpected: true });
  tokens.claims();
  return tokens;
}

/** The words of the one that first found something wrong. */
const said = (error) => error.cause instanceof Error ? said(error.cause)
  : ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(error.code) ? 'the connection broke' : error.message;

async function verdict(task) {
  try {
    await task();
    return 'accepted';
  } catch (error) {
    return said(error).replace(/\s+/g, ' ');
  }
}

async function row(fault, checks) {
  await sandbox('DELETE');
  await breaking(fault);
  return verdict(async () => signIn(await discover(checks)));
}

await signIn(await discover(false)); // whoever is signed in and has agreed is not asked again

const kinds = (await (await fetch(`${server}/sandbox/faults/kinds`)).json()).kinds;
const whole = ['reset', 'reset-after', 'truncated', 'lost-answer', 'error-200', 'html', 'empty-body', 'wrong-content-type'];
const profiles = kinds.filter((kind) => kind.strikes_at.some((place) => /^huawei\.(token|authorize|certs|openId)/.test(place)));
const rows = [];
for (const { fault } of profiles)
  rows.push([fault, await row(fault, false), await row(fault, true)]);

// At the token endpoint alone: discovery and the redirect are sound.
for (const fault of whole) {
  const cells = [];
  for (const checks of [false, true]) {
    await sandbox('DELETE');
    await breaking(fault, 'huawei.token');
    cells.push(await verdict(async () => signIn(await discover(checks))));
  }
  rows.push([fault, ...cells]);
}

// A client that has read the keys a moment ago.
await sandbox('DELETE');
const config = await discover(true);
await signIn(config);
await breaking('key-rotated');
rows.push(['key-rotated, keys read before', '', await verdict(() => signIn(config))]);
await sandbox('DELETE');

const table = rows.map((cells) => cells.join('\t') + '\n').join('');
process.stdout.write(table);
assert.strictEqual(table, readFileSync(new URL('issuer.tsv', import.meta.url), 'utf8'));
