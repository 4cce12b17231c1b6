"""Signs people in with their Huawei account: the part of an app that talks to the platform."""

import json
import urllib.error
import urllib.parse
import urllib.request

# After these the person has to sign in again: code expired, used or revoked, refresh token expired or revoked.
_OVER = {"1101/20155", "1101/20156", "1101/20158", "1203/11205", "1203/31204"}
_TOKEN_EXPIRED = "NSP_STATUS/6"


class SignInError(Exception):
    """The platform refused, or its answer is no good."""

    def __init__(self, number, must_sign_in_again, request_id=None):
        super().__init__(f"The sign-in failed: {number}.")
        self.number = number
        self.must_sign_in_again = must_sign_in_again
        self.request_id = request_id


class Session:
    """What the app keeps of a person who signed in."""

    def __init__(self, access_token, refresh_token):
        self.access_token = access_token
        self.refresh_token = refresh_token


class HuaweiAccount:
    def __init__(self, address, client_id, client_secret):
        self._address = address
        self._client_id = client_id
        self._client_secret = client_secret

    def authorize_address(self, redirect_uri, state):
        """Where the browser is sent."""
        return f"{self._address}/huawei/oauth2/v3/authorize?" + urllib.parse.urlencode({
            "response_type": "code", "client_id": self._client_id, "scope": "openid profile", "access_type": "offline",
            "redirect_uri": redirect_uri, "state": state})

    def sign_in(self, code):
        """Exchanges the code that the browser came back with."""
        return self._ask_for_tokens(grant_type="authorization_code", code=code)

    def name(self, session):
        """Who signed in. A token that expired is refreshed."""
        try:
            return self._read_name(session)
        except SignInError as error:
            if error.number != _TOKEN_EXPIRED:
                raise
            fresh = self._ask_for_tokens(grant_type="refresh_token", refresh_token=session.refresh_token)
            session.access_token = fresh.access_token
            return self._read_name(session)

    def _read_name(self, session):
        _, headers, body = self._post(
            "rest.php?nsp_svc=GOpen.User.getInfo", {"access_token": session.access_token, "getNickName": 1})
        if "NSP_STATUS" in headers:
            raise SignInError(f"NSP_STATUS/{headers['NSP_STATUS']}", False, headers["X-Request-Id"])
        return json.loads(body)["displayName"]

    def _ask_for_tokens(self, **grant):
        status, headers, body = self._post(
            "oauth2/v3/token", {**grant, "client_id": self._client_id, "client_secret": self._client_secret})
        if status == 503:
            raise SignInError("http/503", False, headers["X-Request-Id"])
        answer = json.loads(body)
        if "error" in answer:
            number = f"{answer['error']}/{answer['sub_error']}"
            raise SignInError(number, number in _OVER, headers["X-Request-Id"])
        if "access_token" not in answer:
            raise SignInError("no access_token", True)
        return Session(answer["access_token"], answer.get("refresh_token"))

    def _post(self, path, form):
        """A platform that is busy has done nothing, and is asked once more. Where the answer is lost, the code may be used up."""
        for is_last in (False, True):
            try:
                with urllib.request.urlopen(
                        f"{self._address}/huawei/{path}", urllib.parse.urlencode(form).encode(), timeout=30) as answer:
                    return answer.status, answer.headers, answer.read()
            except urllib.error.HTTPError as refusal:
                with refusal:
                    if refusal.code != 503 or is_last:
                        return refusal.code, refusal.headers, refusal.read()
            except OSError:
                raise SignInError("no answer", True) from None
