"""Both platforms with Authlib, the ID token included: python3 authlib_client.py SERVER CLIENT_ID CLIENT_SECRET"""
import subprocess
import sys

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import jwt
from authlib.oidc.core import CodeIDToken

server, client_id, secret = sys.argv[1:]
callback = "https://demo.example/callback"


def browse(url):
    return subprocess.run(["node", "browser.mjs", url], check=True, capture_output=True, text=True).stdout.strip()


def sign_in(client, authorize, token, **more):
    verifier = generate_token(48)
    url, state = client.create_authorization_url(authorize, code_verifier=verifier, **more)
    return client.fetch_token(token, authorization_response=browse(url), state=state, code_verifier=verifier)


# The Open API, as the library comes: the secret goes in a Basic header.
oauth = f"{server}/open/oauth/2.0"
client = OAuth2Session(client_id, secret, scope="basic", redirect_uri=callback, code_challenge_method="S256")
first = sign_in(client, f"{oauth}/authorize", f"{oauth}/token")
second = client.refresh_token(f"{oauth}/token")
assert second["access_token"] != first["access_token"]
assert client.get(f"{server}/open/rest/2.0/passport/users/getLoggedInUser").json()["uname"] == "mainland"

# Huawei Account takes no Basic header (1102/20001 says so): the secret goes in the body.
# Needs the setting Surfaces:HuaweiAccount:Issuer=SERVER/huawei.
client = OAuth2Session(
    client_id, secret, scope="openid profile", redirect_uri=callback, code_challenge_method="S256",
    token_endpoint_auth_method="client_secret_post", revocation_endpoint_auth_method="client_secret_post")
about = client.get(f"{server}/huawei/.well-known/openid-configuration", withhold_token=True).json()
nonce = generate_token()
tokens = sign_in(client, about["authorization_endpoint"], about["token_endpoint"], nonce=nonce, access_type="offline")

keys = client.get(about["jwks_uri"], withhold_token=True).json()
expected = {"iss": {"value": f"{server}/huawei"}, "aud": {"value": client_id}}
claims = jwt.decode(
    tokens["id_token"], keys, claims_cls=CodeIDToken, claims_options=expected, claims_params={"nonce": nonce, "client_id": client_id})
claims.validate()
assert claims["display_name"] == "小明"

client.refresh_token(about["token_endpoint"], refresh_token=tokens["refresh_token"])
service = f"{server}/huawei/rest.php?nsp_svc=GOpen.User.getInfo"
assert client.post(service).json()["openID"]
assert client.revoke_token(about["revocation_endpoint"], token=client.token["access_token"]).status_code == 200
assert client.post(service).headers["NSP_STATUS"] == "6"
