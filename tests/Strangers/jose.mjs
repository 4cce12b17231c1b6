// ID tokens of both algorithms, held against the published keys: node jose.mjs SERVER CLIENT_ID CLIENT_SECRET
// The issuer is the one that discovery names, whatever Surfaces:HuaweiAccount:Issuer says.
import assert from 'node:assert';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import { browse } from './browser.mjs';

const [server, client_id, client_secret] = process.argv.slice(2);
const redirect_uri = 'https://demo.example/callback';

const get = async (address) => (await fetch(address)).json();
const { issuer, jwks_uri, authorization_endpoint, token_endpoint } = await get(`${server}/huawei/.well-known/openid-configuration`);
const post = async (more) => {
  const form = new URLSearchParams({ client_id, client_secret, ...more });
  return (await fetch(token_endpoint, { method: 'POST', body: form })).json();
};

// The platform's keys are marked RS256, and sign PS256 too: the package takes them for that once the mark is off.
const { keys } = await get(jwks_uri);
const keysFor = {
  RS256: createRemoteJWKSet(new URL(jwks_uri)),
  PS256: createLocalJWKSet({ keys: keys.map(({ alg, ...key }) => key) }),
};

for (const supportAlg of ['RS256', 'PS256']) {
  const nonce = `n-${supportAlg}`;
  const asked = { client_id, redirect_uri, response_type: 'code', scope: 'openid', nonce, access_type: 'offline' };
  const back = new URL((await browse(`${authorization_endpoint}?${new URLSearchParams(asked)}`)).url);
  const code = back.searchParams.get('code');
  const tokens = await post({ grant_type: 'authorization_code', code, redirect_uri, supportAlg });

  const expected = { issuer, audience: client_id, algorithms: [supportAlg], requiredClaims: ['sub', 'iat', 'exp'] };
  const verify = async (token, other = {}) => (await jwtVerify(token, keysFor[supportAlg], { ...expected, ...other })).payload;
  const claims = await verify(tokens.id_token);
  assert.strictEqual(claims.nonce, nonce);

  const again = await post({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, supportAlg });
  assert.strictEqual((await verify(again.id_token)).sub, claims.sub);

  const [head, , signature] = tokens.id_token.split('.');
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'another' })).toString('base64url');
  await assert.rejects(verify(`${head}.${forged}.${signature}`), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  await assert.rejects(verify(tokens.id_token, { audience: 'another' }), { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' });
}
