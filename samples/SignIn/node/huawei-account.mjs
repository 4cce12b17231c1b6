// Signs people in with their Huawei account: the part of an app that talks to the platform.

// After these the person has to sign in again: code expired, used or revoked, refresh token expired or revoked.
const OVER = ['1101/20155', '1101/20156', '1101/20158', '1203/11205', '1203/31204'];
const TOKEN_EXPIRED = 'NSP_STATUS/6';

/** The platform refused, or its answer is no good. */
export class SignInError extends Error {
  constructor(number, { mustSignInAgain, requestId }) {
    super(`The sign-in failed: ${number}.`);
    Object.assign(this, { number, mustSignInAgain, requestId });
  }
}

export class HuaweiAccount {
  constructor(address, clientId, clientSecret) {
    Object.assign(this, { address, clientId, clientSecret });
  }

  /** Where the browser is sent. */
  authorizeAddress(redirectUri, state) {
    return `${this.address}/huawei/oauth2/v3/authorize?${new URLSearchParams({
      response_type: 'code', client_id: this.clientId, scope: 'openid profile', access_type: 'offline', redirect_uri: redirectUri, state,
    })}`;
  }

  /** Exchanges the code that the browser came back with. */
  signIn(code) {
    return this.#askForTokens({ grant_type: 'authorization_code', code });
  }

  /** Who signed in. A token that expired is refreshed. */
  async name(session) {
    try {
      return await this.#readName(session);
    } catch (error) {
      if (error.number !== TOKEN_EXPIRED)
        throw error;
      const fresh = await this.#askForTokens({ grant_type: 'refresh_token', refresh_token: session.refreshToken });
      session.accessToken = fresh.accessToken;
      return this.#readName(session);
    }
  }

  async #readName(session) {
    const answer = await this.#post('rest.php?nsp_svc=GOpen.User.getInfo', { access_token: session.accessToken, getNickName: 1 });
    const status = answer.headers.get('NSP_STATUS');
    if (status)
      throw new SignInError(`NSP_STATUS/${status}`, { mustSignInAgain: false, requestId: answer.headers.get('X-Request-Id') });
    return (await answer.json()).displayName;
  }

  async #askForTokens(grant) {
    const answer = await this.#post('oauth2/v3/token', { ...grant, client_id: this.clientId, client_secret: this.clientSecret });
    const requestId = answer.headers.get('X-Request-Id');
    if (answer.status === 503)
      throw new SignInError('http/503', { mustSignInAgain: false, requestId });
    const { error, sub_error, access_token, refresh_token } = await answer.json();
    if (error) {
      const number = `${error}/${sub_error}`;
      throw new SignInError(number, { mustSignInAgain: OVER.includes(number), requestId });
    }
    if (!access_token)
      throw new SignInError('no access_token', { mustSignInAgain: true });
    return { accessToken: access_token, refreshToken: refresh_token };
  }

  /** A platform that is busy has done nothing, and is asked once more. Where the answer is lost, the code may be used up. */
  async #post(path, form) {
    for (let isLast = false; ; isLast = true) {
      let answer;
      try {
        answer = await fetch(`${this.address}/huawei/${path}`, { method: 'POST', body: new URLSearchParams(form) });
      } catch {
        throw new SignInError('no answer', { mustSignInAgain: true });
      }
      if (answer.status !== 503 || isLast)
        return answer;
    }
  }
}
