// OAuth at both platforms: node simple-oauth2.mjs SERVER CLIENT_ID CLIENT_SECRET
import assert from 'node:assert';
import { AuthorizationCode } from 'simple-oauth2';
import { browse } from './browser.mjs';

const [server, id, secret] = process.argv.slice(2);
const redirect_uri = 'https://demo.example/callback';

async function signIn(client, scope, more = {}) {
  const url = client.authorizeURL({ redirect_uri, scope, state: 's1', ...more });
  const back = new URL((await browse(url)).url).searchParams;
  assert.strictEqual(back.get('state'), 's1');
  return client.getToken({ code: back.get('code'), redirect_uri });
}

// The Open API, as the package comes: the secret goes in a Basic header.
const open = new AuthorizationCode({
  client: { id, secret },
  auth: { tokenHost: server, tokenPath: '/open/oauth/2.0/token', authorizePath: '/open/oauth/2.0/authorize' },
});
const first = await signIn(open, 'basic');
const second = await first.refresh();
const { token } = second;
assert.notStrictEqual(token.access_token, first.token.access_token);
assert.ok(!second.expired());
const person = await fetch(`${server}/open/rest/2.0/passport/users/getLoggedInUser?access_token=${token.access_token}`);
assert.strictEqual((await person.json()).uname, 'mainland');

// Huawei Account takes no Basic header (1102/20001 says so): the secret goes in the body.
const huawei = new AuthorizationCode({
  client: { id, secret },
  auth: {
    tokenHost: server,
    tokenPath: '/huawei/oauth2/v3/token',
    revokePath: '/huawei/oauth2/v3/revoke',
    authorizePath: '/huawei/oauth2/v3/authorize',
  },
  options: { authorizationMethod: 'body' },
});
const signedIn = await signIn(huawei, ['openid', 'profile'], { access_type: 'offline' });
const refreshed = await signedIn.refresh();
const form = new URLSearchParams({ access_token: refreshed.token.access_token, getNickName: '1' });
const getInfo = () => fetch(`${server}/huawei/rest.php?nsp_svc=GOpen.User.getInfo`, { method: 'POST', body: form });
assert.strictEqual((await (await getInfo()).json()).displayName, '小明');
await refreshed.revoke('access_token');
assert.strictEqual((await getInfo()).headers.get('NSP_STATUS'), '6');
