// node quickstart.mjs: signs a person in, and makes a signed call.
import { createHmac, randomUUID } from 'node:crypto';

const yaopai = process.env.YAOPAI_URL ?? 'http://127.0.0.1:7700';
const app = {
  client_id: '100000001',
  client_secret: 'd3100000000000000000000000000000000000000000000000000000000000d1',
  redirect_uri: 'https://demo.example/callback',
};

async function post(path, body, headers = {}) {
  const answer = await fetch(yaopai + path, { method: 'POST', body, headers });
  const data = await answer.json();
  if (!answer.ok || data.error_code)
    throw new Error(`${JSON.stringify(data)}, see ${answer.headers.get('yaopai-explain')}`);
  return data;
}
const form = (fields) => new URLSearchParams(fields);

// The code that the browser brings back from the sign-in page; here the sandbox signs in.
const signIn = { surface: 'open', user: 'mainland', scope: 'basic', client_id: app.client_id, redirect_uri: app.redirect_uri };
const { code } = await post('/sandbox/authorize', JSON.stringify(signIn), { 'Content-Type': 'application/json' });
const tokens = await post('/open/oauth/2.0/token', form({ grant_type: 'authorization_code', code, ...app }));

const users = '/open/rest/2.0/passport/users';
const person = await post(`${users}/getLoggedInUser`, form({ access_token: tokens.access_token }));
console.log(`signed in: ${person.uname}`);

// A signature covers all parameters, sorted by name, without separators.
const now = Math.floor(Date.now() / 1000);
const call = { client_id: app.client_id, uid: person.uid, timestamp: now, nonce: randomUUID(), sign_method: 'hmac-sha256' };
const base = Object.keys(call).sort().map((name) => `${name}=${call[name]}`).join('');
const sign = createHmac('sha256', app.client_secret).update(base).digest('hex');
const answer = await post(`${users}/isAppUser`, form({ ...call, sign }));
console.log(`uses the app: ${answer.result === '1'}`);
