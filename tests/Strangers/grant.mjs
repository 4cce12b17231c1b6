// A web server with Grant before it, from /connect to the profile: node grant.mjs SERVER CLIENT_ID CLIENT_SECRET
import assert from 'node:assert';
import { createServer } from 'node:http';
import grant from 'grant';
import { browse } from './browser.mjs';

const [server, key, secret] = process.argv.slice(2);

const app = createServer(async (request, response) => {
  const { response: answer, redirect } = await connect(request, response);
  if (!redirect)
    response.end(JSON.stringify(answer ?? {}));
});
await new Promise((resolve) => app.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${app.address().port}`;

const yaopai = {
  oauth: 2,
  authorize_url: `${server}/open/oauth/2.0/authorize`,
  access_url: `${server}/open/oauth/2.0/token`,
  profile_url: `${server}/open/rest/2.0/passport/users/getLoggedInUser`,
  key,
  secret,
  scope: ['basic', 'email'],
};
const defaults = { origin, transport: 'state', state: true, pkce: true, response: ['tokens', 'raw', 'profile'] };
const headers = { ...yaopai, token_endpoint_auth_method: 'client_secret_basic' };
const connect = grant.node({ config: { defaults, yaopai, headers }, session: { secret: 'of the cookies' } });

// The secret in the body, as the package comes, and in a Basic header.
for (const provider of ['yaopai', 'headers']) {
  const { body, url } = await browse(`${origin}/connect/${provider}`);
  const { access_token, refresh_token, raw, profile } = JSON.parse(body);
  assert.ok(access_token && refresh_token, body);
  assert.strictEqual(raw.scope, 'basic email');
  assert.strictEqual(profile.uname, 'mainland');

  // Without the cookie of the browser that began, its answer is nothing.
  assert.strictEqual(await (await fetch(url)).text(), '{}');
}
app.close();
