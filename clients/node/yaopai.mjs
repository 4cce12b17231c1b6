// Yaopai for tests in Node 18 and later: one file, no package. Copy it, or import it where it is.
//
//   import { startYaopai } from './yaopai.mjs';
//
//   const platform = await startYaopai();                // a server of its own, or the one that YAOPAI_URL names
//   const world = await platform.createWorld();          // apps, people, clock and faults of one test alone
//   const { code } = await world.signIn('mainland', 'openid profile');
//   await world.clock.advance('PT6M');                   // the code is no longer good
//   …
//   await world.remove();
//   await platform.stop();                               // ends what startYaopai started, and nothing else
//
// docs/testing.md describes it.

import { spawn } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const READY = /Yaopai is ready, in \S+, at (http:\/\/127\.0\.0\.1:\d+)/;
const LINES_KEPT = 40;
const STOP_PATIENCE = 10_000;

/** The sandbox refused a request, or the server did not start. `status` is the HTTP status where there was one. */
export class YaopaiError extends Error {
  constructor(message, status) {
    super(message);
    this.name = 'YaopaiError';
    this.status = status;
  }
}

/**
 * Starts a server of its own over a temporary folder, or uses one that runs.
 *
 * @param {object} [options]
 * @param {string} [options.url] a server that runs: it is used and left running. By default YAOPAI_URL.
 * @param {string} [options.adminKey] its Admin:Key, which it asks for outside Development. By default YAOPAI_ADMIN_KEY.
 * @param {string} [options.server] what to start: run.sh, the program Yaopai.Server, or Yaopai.Server.dll. By default
 *   YAOPAI_SERVER, else the nearest run.sh of Yaopai in a folder above this file or above the current one.
 * @param {string[]} [options.args] further arguments of the server, such as `--seed`, `seed.json`.
 * @param {(line: string) => void} [options.log] takes the lines of the server's log.
 * @param {number} [options.patience] milliseconds until a start has failed; ten minutes, because run.sh may build first.
 * @returns {Promise<Platform>}
 */
export async function startYaopai(options = {}) {
  const url = options.url ?? process.env.YAOPAI_URL;
  const calls = url
    ? new Calls(url, options.adminKey ?? process.env.YAOPAI_ADMIN_KEY)
    : null;
  if (calls)
    return new Platform(calls, await calls.send('GET', '/sandbox'), null);

  const server = await Server.start(options);
  try {
    const own = new Calls(server.address);
    return new Platform(own, await own.send('GET', '/sandbox'), server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Apps, people, a clock, faults and a journal: of a world, or of the sandbox as a whole. */
class Environment {
  #calls;
  #world;

  constructor(calls, made, world) {
    this.#calls = calls;
    this.#world = world;
    /** Where the server is, without a slash at the end. */
    this.address = calls.address;
    /** `{ name, client_id, client_secret, redirect_uri, surfaces, scopes }`, the demo app first. */
    this.apps = made.apps;
    /** The first app. */
    this.app = made.apps[0];
    /** `{ name, role, password, … }`. */
    this.users = made.users.map((user) => ({ role: user.name, ...user }));
    this.clock = new Clock(calls, world);
    this.faults = new Faults(calls, world);
  }

  /** The person of that role: `mainland`. */
  user(role) {
    const found = this.users.find((user) => user.role === role);
    if (!found)
      throw new YaopaiError(`There is nobody called ${role}, but ${this.users.map((user) => user.role).join(', ')}.`);
    return found;
  }

  /**
   * Signs a person in and has them consent, without a browser.
   * @param {string} role for example `mainland`
   * @param {string} [scope] separated by spaces
   * @param {object} [more] `surface` (huawei), `client_id`, `redirect_uri`, `state`, `nonce`, `code_challenge`, …
   * @returns {Promise<{code: string, redirect_to: string | null}>}
   */
  signIn(role, scope, more = {}) {
    return this.#calls.send('POST', '/sandbox/authorize', this.#asked(role, scope, more));
  }

  /** The tokens that the code would give; of the app alone where `role` is null. */
  tokens(role, scope, more = {}) {
    return this.#calls.send('POST', '/sandbox/tokens', this.#asked(role, scope, more));
  }

  /** The person takes back what they allowed the app. False where they had allowed nothing. */
  async withdraw(role, client_id = this.app.client_id) {
    const { withdrawn } = await this.#calls.send('POST', '/sandbox/withdraw', { client_id, user: this.#name(role) });
    return withdrawn;
  }

  /**
   * What came and what was answered, the newest first; in a world its apps' requests.
   * @param {object} [query] `operation`, `surface`, `code`, `status`, `since`, `limit`
   */
  async requests(query = {}) {
    return (await this.#calls.send('GET', this.#path('/sandbox/requests', query))).requests;
  }

  /**
   * Why a request was refused: the request as the journal has it, with `refusal` and its `reason`.
   * @param {Response | {headers: object} | string} answer a refusal of fetch or of another client, or its X-Request-Id
   */
  explain(answer) {
    const headers = answer.headers;
    const id = typeof answer === 'string' ? answer
      : typeof headers?.get === 'function' ? headers.get('x-request-id')
        : headers?.['x-request-id'];
    if (!id)
      throw new YaopaiError('An answer without X-Request-Id is no refusal of a surface.');
    return this.#calls.send('GET', `/sandbox/requests/${encodeURIComponent(id)}`);
  }

  /**
   * Which documented errors were met: `{ met, documented, operations }`.
   * @param {object} [query] `operations: 'all'`, `surface`, `operation`, `audience`
   */
  coverage(query = {}) {
    return this.#calls.send('GET', this.#path('/sandbox/coverage', { ...query, format: 'json' }));
  }

  /** The same as JUnit XML, for a CI. */
  coverageAsJUnit(query = {}) {
    return this.#calls.send('GET', this.#path('/sandbox/coverage', { ...query, format: 'junit' }));
  }

  /** Any other address of the sandbox: `call('POST', '/sandbox/apps', { client_id: 700000001 })`. */
  call(method, path, body) {
    return this.#calls.send(method, path, body);
  }

  #asked(role, scope, more) {
    return {
      surface: 'huawei', client_id: this.app.client_id, scope, ...more, user: role == null ? undefined : this.#name(role),
    };
  }

  /** People of a seed, and those that a test made, have no role and are called by their names. */
  #name(role) {
    return this.users.find((user) => user.role === role)?.name ?? role;
  }

  #path(path, query) {
    return withQuery(path, { world: this.#world, ...query });
  }
}

/** A server with a sandbox. */
class Platform extends Environment {
  #calls;
  #server;

  constructor(calls, shown, server) {
    super(calls, shown);
    this.#calls = calls;
    this.#server = server;
  }

  /** Makes a copy of the demo data for one test. */
  async createWorld() {
    return new World(this.#calls, await this.#calls.send('POST', '/sandbox/worlds'));
  }

  /** Puts everything back to the beginning, worlds too. */
  async reset() {
    await this.#calls.send('POST', '/sandbox/reset');
  }

  /** Ends the server that startYaopai started, and removes its files; one that ran before goes on. */
  async stop() {
    await this.#server?.stop();
  }
}

/** A copy of the demo data for one test. A request belongs to the world whose client_id it names. */
class World extends Environment {
  #calls;

  constructor(calls, made) {
    super(calls, made, made.id);
    this.#calls = calls;
    this.id = made.id;
    /** The organisations at WeLink: `{ id, domain }`. */
    this.tenants = made.tenants;
  }

  /** Removes all of it. */
  async remove() {
    try {
      await this.#calls.send('DELETE', `/sandbox/worlds/${this.id}`);
    } catch (error) {
      if (error.status !== 404) // the sandbox was reset meanwhile
        throw error;
    }
  }
}

/** The clock of a world, or of everything that is in none. It runs on from the time it was set to. */
class Clock {
  #calls;
  #world;

  constructor(calls, world) {
    this.#calls = calls;
    this.#world = world;
  }

  async now() {
    return new Date((await this.#calls.send('GET', this.#path())).now);
  }

  /** @param {string | number} by an ISO 8601 duration (`PT6M`, `P180D`, `-PT1H`), or seconds */
  async advance(by) {
    const advance = typeof by === 'number' ? `${by < 0 ? '-' : ''}PT${Math.abs(by)}S` : by;
    return new Date((await this.#calls.send('POST', '/sandbox/clock', { advance, world: this.#world })).now);
  }

  /** @param {Date | string} to an instant between the years 2000 and 9000 */
  async set(to) {
    const instant = new Date(to).toISOString();
    return new Date((await this.#calls.send('POST', '/sandbox/clock', { set: instant, world: this.#world })).now);
  }

  async reset() {
    await this.#calls.send('DELETE', this.#path());
  }

  #path() {
    return withQuery('/sandbox/clock', { world: this.#world });
  }
}

/** What is broken on purpose: in a world for its apps alone, else for everybody. */
class Faults {
  #calls;
  #world;

  constructor(calls, world) {
    this.#calls = calls;
    this.#world = world;
  }

  /**
   * Breaks something, until it is removed or over.
   * @param {object} fault `target`, and `error` (a documented one) or `fault` (of /sandbox/faults/kinds); `times`, `delay`, `seconds`,
   *   `probability`, `seed`, `client_id`
   * @returns {Promise<object>} the fault with its `id`
   */
  add(fault) {
    return this.#calls.send('POST', '/sandbox/faults', { ...fault, world: this.#world });
  }

  /** Those that are there, and how often each `struck`. */
  async list() {
    const { faults } = await this.#calls.send('GET', '/sandbox/faults');
    return faults.filter((fault) => (fault.world ?? undefined) === this.#world);
  }

  async remove(id) {
    await this.#calls.send('DELETE', `/sandbox/faults/${id}`);
  }

  async clear() {
    await this.#calls.send('DELETE', withQuery('/sandbox/faults', { world: this.#world }));
  }
}

/** Speaks with the sandbox. */
class Calls {
  #key;

  constructor(url, key) {
    this.address = String(url).replace(/\/+$/, '');
    this.#key = key;
  }

  async send(method, path, body) {
    const headers = { Accept: '*/*' };
    if (this.#key)
      headers.Authorization = `Bearer ${this.#key}`;
    if (body !== undefined)
      headers['Content-Type'] = 'application/json';
    const answer = await fetch(this.address + path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), redirect: 'manual',
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    const read = isJson && text ? JSON.parse(text) : text;
    if (answer.ok)
      return read;
    const why = isJson ? `${read.title}. ${read.detail}` : `HTTP ${answer.status} ${text}`;
    throw new YaopaiError(`${method} ${path}: ${why}`, answer.status);
  }
}

/** A server of our own: a process, and a folder that goes with it. */
class Server {
  #process;
  #folder;
  #ended;
  #atExit;

  static async start(options) {
    const server = new Server();
    const program = resolve(options.server ?? process.env.YAOPAI_SERVER ?? await findRunScript());
    server.#folder = await mkdtemp(join(tmpdir(), 'yaopai-'));
    const args = [
      '--urls', 'http://127.0.0.1:0', '--data', server.#folder, '--database', `sqlite:${join(server.#folder, 'yaopai.db')}`,
      '--Logging:LogLevel:Default=Information', ...(options.args ?? []),
    ];
    const [command, ...before] = program.endsWith('.dll') ? ['dotnet', program] : [program];
    const child = spawn(command, [...before, ...args], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    server.#process = child;
    server.#ended = new Promise((done) => {
      child.once('exit', done);
      child.once('error', done);
    });
    server.#atExit = () => {
      child.kill('SIGKILL');
      rmSync(server.#folder, { recursive: true, force: true });
    };
    process.once('exit', server.#atExit);
    try {
      server.address = await readAddress(child, options);
    } catch (error) {
      await server.stop();
      throw error;
    }
    // Whoever forgets to stop it does not wait for it for ever.
    for (const handle of [child, child.stdout, child.stderr])
      handle.unref();
    return server;
  }

  async stop() {
    process.removeListener('exit', this.#atExit);
    const child = this.#process;
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.ref();
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
      await this.#ended;
      clearTimeout(late);
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Reads what it prints until it is ready, and on, so that the pipe never fills. */
function readAddress(child, { log, patience = 600_000 }) {
  return new Promise((resolveAddress, reject) => {
    const kept = [];
    const fail = (why) => reject(new YaopaiError(`${why}\n${kept.join('\n')}`));
    const late = setTimeout(() => fail(`The server was not ready within ${patience} ms.`), patience);
    const hear = (line) => {
      log?.(line);
      kept.push(line);
      if (kept.length > LINES_KEPT)
        kept.shift();
      const ready = READY.exec(line);
      if (ready) {
        clearTimeout(late);
        resolveAddress(ready[1]);
      }
    };
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop();
        lines.forEach(hear);
      });
    }
    child.once('error', (error) => {
      clearTimeout(late);
      fail(`The server cannot be started: ${error.message}`);
    });
    child.once('close', (status, signal) => {
      clearTimeout(late);
      fail(`The server ended before it was ready (${signal ?? status}).`);
    });
  });
}

/** Ours, without settings that were meant for another server. */
function environment() {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('YAOPAI_')));
  return { ...own, ASPNETCORE_ENVIRONMENT: 'Development' };
}

async function findRunScript() {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (await exists(join(folder, 'run.sh')) && await exists(join(folder, 'Yaopai.slnx')))
        return join(folder, 'run.sh');
      if (folder === dirname(folder))
        break;
    }
  }
  throw new YaopaiError('Which server? YAOPAI_SERVER names the run.sh of Yaopai or its program, YAOPAI_URL one that runs.');
}

const exists = (path) => access(path).then(() => true, () => false);

function withQuery(path, query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
