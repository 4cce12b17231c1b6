// A page that mod_auth_openidc guards, node mod_auth_openidc.mjs SERVER CLIENT_ID CLIENT_SECRET
// Runs Debian's Apache with the .conf beside this file, on a free port and in a temporary folder.
import assert from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { browse } from './browser.mjs';

const [server, id, secret] = process.argv.slice(2);
const folder = mkdtempSync(`${tmpdir()}/apache-`);
chmodSync(folder, 0o755); // Apache gives root up for another user
writeFileSync(`${folder}/page`, 'A page');
writeFileSync(`${folder}/bye`, 'Bye');

const free = createServer().listen(0, '127.0.0.1');
await once(free, 'listening');
const { port } = free.address();
await new Promise((closed) => free.close(closed));
const app = `http://127.0.0.1:${port}`;

const places = { server, id, secret, folder, port };
const defined = Object.entries(places).flatMap(([name, value]) => ['-C', `Define ${name} ${value}`]);
const conf = `${import.meta.dirname}/mod_auth_openidc.conf`;
const apache = spawn('/usr/sbin/apache2', ['-DFOREGROUND', ...defined, '-f', conf], { stdio: 'inherit' });
const ended = once(apache, 'exit');
try {
  await listening(`${app}/bye`);
  await signInAndOut();
} catch (error) {
  console.error(readFileSync(`${folder}/error.log`, 'utf8'));
  throw error;
} finally {
  apache.kill();
  await ended;
  rmSync(folder, { recursive: true });
}

async function listening(address) {
  for (let i = 0; i < 100 && !await fetch(address).catch(() => null); i++)
    await setTimeout(100);
}

async function signInAndOut() {
  const cookies = {};
  const page = await browse(`${app}/page`, cookies);
  assert.strictEqual(Buffer.from(page.headers['x-person'], 'latin1').toString(), '小明');
  const first = page.headers['x-token'];
  const renewed = await browse(`${app}/callback?${new URLSearchParams({ refresh: `${app}/page`, access_token: first })}`, cookies);
  const second = renewed.headers['x-token'];
  assert.ok(second && second !== first, renewed.url);

  const bye = await browse(`${app}/callback?${new URLSearchParams({ logout: `${app}/bye` })}`, cookies);
  assert.strictEqual(bye.body, 'Bye');
  const form = new URLSearchParams({ access_token: second });
  const info = await fetch(`${server}/huawei/rest.php?nsp_svc=GOpen.User.getInfo`, { method: 'POST', body: form });
  assert.strictEqual(info.headers.get('NSP_STATUS'), '6');
}
