"""The Open API with requests-oauthlib: python3 requests_oauthlib_client.py SERVER CLIENT_ID CLIENT_SECRET"""
import os
import subprocess
import sys

from requests_oauthlib import OAuth2Session

server, client_id, secret = sys.argv[1:]
oauth = f"{server}/open/oauth/2.0"
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # on loopback there is no certificate


def browse(url):
    return subprocess.run(["node", "browser.mjs", url], check=True, capture_output=True, text=True).stdout.strip()


client = OAuth2Session(client_id, scope=["basic", "email"], redirect_uri="https://demo.example/callback")
url, _ = client.authorization_url(f"{oauth}/authorize")
back = browse(url)

# As the library comes: the secret goes in a Basic header. Its own check compares scopes and state.
first = client.fetch_token(f"{oauth}/token", client_secret=secret, authorization_response=back)
assert client.get(f"{server}/open/rest/2.0/passport/users/getLoggedInUser").json()["uname"] == "mainland"

# For a refresh the library sends no secret unless it is told one.
second = client.refresh_token(f"{oauth}/token", auth=(client_id, secret))
assert second["access_token"] != first["access_token"]
assert client.get(f"{server}/open/rest/2.0/passport/users/getInfo").json()["username"] == "mainland"
