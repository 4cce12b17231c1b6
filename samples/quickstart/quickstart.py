# python3 quickstart.py: signs a person in, and makes a signed call.
import hashlib, hmac, json, os, time, uuid
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

YAOPAI = os.environ.get("YAOPAI_URL", "http://127.0.0.1:7700")
SECRET = "d3100000000000000000000000000000000000000000000000000000000000d1"
APP = {"client_id": "100000001", "redirect_uri": "https://demo.example/callback"}


def post(path, body, content_type="application/x-www-form-urlencoded"):
    try:
        answer = urlopen(Request(YAOPAI + path, body.encode(), {"Content-Type": content_type}))
    except HTTPError as error:
        answer = error
    data = json.load(answer)
    if answer.status != 200 or "error_code" in data:
        raise SystemExit(f"{data}, see {answer.headers['Yaopai-Explain']}")
    return data


# The code that the browser brings back from the sign-in page; here the sandbox signs in.
sign_in = {"surface": "open", "user": "mainland", "scope": "basic", **APP}
code = post("/sandbox/authorize", json.dumps(sign_in), "application/json")["code"]
exchange = {"grant_type": "authorization_code", "code": code, "client_secret": SECRET, **APP}
tokens = post("/open/oauth/2.0/token", urlencode(exchange))

users = "/open/rest/2.0/passport/users"
person = post(users + "/getLoggedInUser", urlencode({"access_token": tokens["access_token"]}))
print("signed in:", person["uname"])

# A signature covers all parameters, sorted by name, without separators.
call = {"client_id": APP["client_id"], "uid": person["uid"], "timestamp": int(time.time()), "nonce": uuid.uuid4()}
call["sign_method"] = "hmac-sha256"
base = "".join(f"{name}={call[name]}" for name in sorted(call))
call["sign"] = hmac.new(SECRET.encode(), base.encode(), hashlib.sha256).hexdigest()
print("uses the app:", str(post(users + "/isAppUser", urlencode(call))["result"] == "1").lower())
