#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")"

need() { # program-or-file, Debian package
  command -v "$1" >/dev/null 2>&1 || ls $1 >/dev/null 2>&1 || missing+=("$2")
}
missing=()
need '/usr/lib/postgresql/*/bin/initdb' postgresql
need curl curl
need chromium chromium
need node nodejs
need npm npm
need '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' fonts-noto-cjk
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "The tests need Debian's ${missing[*]}: apt-get install ${missing[*]}" >&2
    echo "0 passed, 1 failed"
    exit 1
  fi
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
fi

# Packages that nobody here wrote, which the server is held against.
if ! npm ci --prefix tests/Strangers --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null; then
  echo "0 passed, 1 failed"
  exit 1
fi

results=artifacts/test-results/$$
mkdir -p "$results"
if ! dotnet build Yaopai.slnx --nologo -v quiet || ! dotnet format Yaopai.slnx --no-restore --verify-no-changes; then
  echo "0 passed, 1 failed"
  exit 1
fi

dotnet test Yaopai.slnx --no-build --nologo --logger "trx" --results-directory "$results" "$@"
status=$?

# The counters of all result files together.
count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count passed)
failed=$(count failed)
skipped=$(($(count total) - $(count executed)))
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1 # a run that broke off has failed, whatever it counted
[ "$passed" -eq 0 ] && failed=$((failed + 1))
[ "$skipped" -gt 0 ] && [ -n "${CI:-}" ] && failed=$((failed + skipped)) && skipped=0 && echo "A skipped test is a failed one here." >&2
rm -rf "$results"

if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ]
