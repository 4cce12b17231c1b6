#!/usr/bin/env bash
# Programs of other hands sign in at a server that is started for them: ./run.sh those of npm, ./run.sh --all those of Debian too.
# Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")"

# What each is called, the package that says its version, and how it runs; SERVER CLIENT_ID CLIENT_SECRET are added.
programs=(
  'openid-client       | npm                         | node openid-client.mjs'
  'oauth4webapi        | npm                         | node oauth4webapi.mjs'
  'jose                | npm                         | node jose.mjs'
  'simple-oauth2       | npm                         | node simple-oauth2.mjs'
  'grant               | npm                         | node grant.mjs'
  'passport-oauth2     | npm                         | node passport-oauth2.mjs'
  'Authlib             | python3-authlib             | /usr/bin/python3 authlib_client.py'
  'requests-oauthlib   | python3-requests-oauthlib   | /usr/bin/python3 requests_oauthlib_client.py'
  'golang.org/x/oauth2 | golang-golang-x-oauth2-dev  | env GOPATH=/usr/share/gocode GO111MODULE=off CGO_ENABLED=0 go run oauth2.go'
  'quickstart.go       | golang-go                   | env GO111MODULE=off go run ../../samples/quickstart/quickstart.go'
  'mod_auth_openidc    | libapache2-mod-auth-openidc | node mod_auth_openidc.mjs'
  'Guzzle              | php-guzzlehttp-guzzle       | php guzzle.php'
)
# apache2-bin is Apache without the service that apache2 would start.
debian='python3-requests python3-authlib python3-requests-oauthlib golang-go golang-golang-x-oauth2-dev apache2-bin
  libapache2-mod-auth-openidc php-cli php-guzzlehttp-guzzle'

give_up() {
  echo "$1" >&2
  echo '0 passed, 1 failed'
  exit 1
}

case "$*" in
  '') all= ;;
  --all) all=1 ;;
  *) give_up 'Usage: tests/Strangers/run.sh [--all]' ;;
esac

missing=()
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
command -v curl >/dev/null || missing+=(curl)
for package in ${all:+$debian}; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || give_up "These packages of Debian are missing, and there is no apt-get here: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || give_up "Only root can install what is missing: apt-get install --no-install-recommends ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null ||
    give_up "apt-get could not install ${missing[*]}"
fi
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null || give_up 'npm ci failed.'
fi

folder=$(mktemp -d)
chmod 711 "$folder" # Apache gives root up for another user
export TMPDIR=$folder
pid=
finish() {
  [ -z "$pid" ] || { kill "$pid" && wait "$pid"; } 2>/dev/null
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

yaopai() { ../../run.sh "$@"; }
yaopai --help >/dev/null || give_up 'The server does not build.'
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
server=http://127.0.0.1:$port
export YAOPAI_URL=$server # samples/quickstart reads it
export ASPNETCORE_ENVIRONMENT=Development YAOPAI_DATABASE=sqlite:$folder/yaopai.db
YAOPAI_MASTER_KEY=$(head -c 32 /dev/urandom | base64)
export YAOPAI_MASTER_KEY YAOPAI_Surfaces__HuaweiAccount__Issuer=$server/huawei # OpenID libraries compare it with where they asked
../../run.sh --urls "$server" >"$folder/server.log" 2>&1 &
pid=$!
for _ in {1..300}; do
  curl -fs "$server/readyz" >/dev/null && break
  kill -0 "$pid" 2>/dev/null || { cat "$folder/server.log" >&2; give_up 'The server does not start.'; }
  sleep 0.2
done

version() { # program, package
  if [ "$2" = npm ]; then
    node -p "require('./package-lock.json').packages['node_modules/$1'].version"
  else
    dpkg-query -W -f '${Version}' "$2"
  fi
}

passed=0 failed=0
for row in "${programs[@]}"; do
  IFS='|' read -r name package command <<<"$row"
  name=${name%% *} package=${package// /}
  [ "$package" = npm ] || [ -n "$all" ] || continue

  # Each with an app of its own, which nobody has allowed anything yet: so the page of consent is seen.
  yaopai app create --name "$name" --developer 1001 --redirect-uri https://demo.example/callback --redirect-uri http://127.0.0.1/callback \
    --redirect-uri http://127.0.0.1/connect/yaopai/callback --redirect-uri http://127.0.0.1/connect/headers/callback >"$folder/app" 2>&1
  client=$(sed -n 's/^client_id *//p' "$folder/app") secret=$(sed -n 's/^client_secret *//p' "$folder/app")
  if timeout --foreground 120 $command "$server" "$client" "$secret" >"$folder/said" 2>&1 </dev/null; then
    result=passed passed=$((passed + 1))
  else
    result=FAILED failed=$((failed + 1))
  fi
  printf '%-20s %-20s %s\n' "$name" "$(version "$name" "$package")" "$result"
  [ "$result" = passed ] || cat "$folder/said" >&2
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
