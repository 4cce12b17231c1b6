// node --test samples/SignIn/node/huawei-account.test.mjs

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startYaopai } from '../../../clients/node/yaopai.mjs';
import { HuaweiAccount } from './huawei-account.mjs';

describe('Signing in with Huawei Account', { concurrency: true }, () => {
  let platform;
  before(async () => { platform = await startYaopai(); });
  after(() => platform.stop());

  /** A test with a world to itself. */
  const inItsOwnWorld = (name, run) => test(name, async () => {
    const world = await platform.createWorld();
    try {
      await run(world, new HuaweiAccount(world.address, world.app.client_id, world.app.client_secret));
    } finally {
      await world.remove();
    }
  });
  const codeIn = async (world) => (await world.signIn('mainland', 'openid profile')).code;

  inItsOwnWorld('signs a person in and shows their name', async (world, account) => {
    const session = await account.signIn(await codeIn(world));
    assert.equal(await account.name(session), '小明');
  });

  inItsOwnWorld('refuses a code that was used', async (world, account) => {
    const code = await codeIn(world);
    await account.signIn(code);
    await assert.rejects(account.signIn(code), { number: '1101/20156', mustSignInAgain: true });
    const { operations } = await world.coverage({ operation: 'huawei.token' });
    assert.equal(operations[0].errors.find((error) => error.name === 'CodeUsed').count, 1);
  });

  inItsOwnWorld('asks to sign in again when the code expired', async (world, account) => {
    const code = await codeIn(world);
    await world.clock.advance('PT6M');
    await assert.rejects(account.signIn(code), { number: '1101/20155', mustSignInAgain: true });
  });

  inItsOwnWorld('refreshes a token that expired', async (world, account) => {
    const session = await account.signIn(await codeIn(world));
    const first = session.accessToken;
    await world.clock.advance('PT61M');
    assert.equal(await account.name(session), '小明');
    assert.notEqual(session.accessToken, first);
  });

  inItsOwnWorld('asks to sign in again when the person withdrew', async (world, account) => {
    const session = await account.signIn(await codeIn(world));
    await world.withdraw('mainland');
    await assert.rejects(account.name(session), { number: '1203/31204', mustSignInAgain: true });
  });

  inItsOwnWorld('names a wrong secret', async (world) => {
    const wrong = new HuaweiAccount(world.address, world.app.client_id, '0'.repeat(64));
    const refused = await wrong.signIn(await codeIn(world)).catch((error) => error);
    assert.equal(refused.number, '1203/12304');
    const { refusal } = await world.explain(refused.requestId);
    assert.equal(refusal.error, 'ClientSecretIncorrect');
    assert.ok(refusal.reason.text);
  });

  inItsOwnWorld('names a redirect URI that is not registered', async (world, account) => {
    const answer = await fetch(account.authorizeAddress('https://demo.example/callbac', 's1'), { redirect: 'manual' });
    const { refusal } = await world.explain(answer);
    assert.equal(refusal.reason.nearest, 'https://demo.example/callback');
  });

  inItsOwnWorld('tries again when the platform is busy', async (world, account) => {
    await world.faults.add({ target: 'huawei.token', error: 'http/503', times: 1 });
    const session = await account.signIn(await codeIn(world));
    assert.equal(await account.name(session), '小明');
  });

  inItsOwnWorld('refuses an answer without a token', async (world, account) => {
    await world.faults.add({ target: 'huawei.token', fault: 'missing-access-token' });
    await assert.rejects(account.signIn(await codeIn(world)), { number: 'no access_token' });
  });

  inItsOwnWorld('asks to sign in again when the answer was lost', async (world, account) => {
    await world.faults.add({ target: 'huawei.token', fault: 'lost-answer', times: 1 });
    const code = await codeIn(world);
    await assert.rejects(account.signIn(code), { number: 'no answer', mustSignInAgain: true });
    await assert.rejects(account.signIn(code), { number: '1101/20156' }); // it was carried out
  });
});
