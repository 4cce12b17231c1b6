// A browser without scripts: it follows redirects, keeps cookies, signs in and agrees where a page of ours asks.
// node browser.mjs ADDRESS prints where it ends: at the app's callback. As a module: await browse(ADDRESS).
import { request } from 'node:http';
import { pathToFileURL } from 'node:url';

const callback = 'https://demo.example/'; // nobody serves it: what leads there is the end of the way
const person = { login: 'mainland', password: 'yaopai-demo' };

/** @returns {Promise<{ url: string, headers: object, body: string }>} */
export async function browse(url, cookies = {}) {
  for (let form, step = 0; step < 20; step++) {
    const jar = cookies[new URL(url).host] ??= {};
    const { headers, body } = await ask(url, Object.entries(jar).map((pair) => pair.join('=')).join('; '), form);
    for (const cookie of headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      jar[name] = value;
    }

    const [next, filled] = headers.location ? [headers.location] : nextForm(body, url);
    if (!next || next.startsWith(callback))
      return { url: next ?? url, headers, body };
    [url, form] = [new URL(next, url).href, filled];
  }
  throw new Error(`No end of redirects and pages: ${url}`);
}

function ask(url, cookie, form) {
  const headers = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate', Cookie: cookie };
  if (form)
    headers['Content-Type'] = 'application/x-www-form-urlencoded';
  return new Promise((resolve, reject) =>
    request(url, { method: form ? 'POST' : 'GET', headers }, async (response) =>
      resolve({ headers: response.headers, body: (await response.setEncoding('utf8').toArray()).join('') }))
      .on('error', reject)
      .end(form && new URLSearchParams(form).toString()));
}

/** What a person would send from this page, or nothing. */
function nextForm(html, page) {
  for (const [, tag, inside] of html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const action = attribute(tag, 'action');
    const inputs = inside.match(/<(input|button)[^>]*>/g);
    const has = (name) => inputs.some((input) => attribute(input, 'name') === name);
    const form = Object.fromEntries(inputs.filter((input) => attribute(input, 'type') === 'hidden')
      .map((input) => [attribute(input, 'name'), attribute(input, 'value')]));
    if (has('password'))
      return [action, { ...form, ...person }];
    if (has('verdict'))
      return [action, { ...form, verdict: 'Allow' }];
    if (new URL(action, page).origin !== new URL(page).origin)
      return [action, form]; // response_mode=form_post: the page sends itself on
  }
  return [];
}

const entities = { amp: '&', quot: '"', lt: '<', gt: '>' };

function attribute(tag, name) {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
    .replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|(\w+));/gi, (_, hex, number, word) =>
      word ? entities[word] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number)));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log((await browse(process.argv[2])).url);
