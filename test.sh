#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")"

if ! command -v dotnet >/dev/null; then
  echo 'The tests need the .NET SDK 10, and there is no dotnet in PATH: https://dot.net/10' >&2
  echo "0 passed, 1 failed"
  exit 1
fi

need() { # program-or-file, Debian package
  command -v "$1" >/dev/null 2>&1 || ls $1 >/dev/null 2>&1 || missing+=("$2")
}
missing=()
need '/usr/lib/postgresql/*/bin/initdb' postgresql
need /usr/sbin/pgbouncer pgbouncer
need curl curl
need chromium-headless-shell chromium-headless-shell
need node nodejs
need npm npm
need python3 python3
need javac default-jdk-headless
need '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' fonts-noto-cjk
need tesseract tesseract-ocr
need '/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata' tesseract-ocr-chi-sim
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
if ! dotnet build Yaopai.slnx --nologo -v quiet; then
  echo "0 passed, 1 failed"
  exit 1
fi

# It reads the sources alone, for longer than a minute: beside the tests, which often wait.
dotnet format Yaopai.slnx --no-restore --verify-no-changes &
formatter=$!

# The tests' files are in memory where there is room: they show what a killed process leaves, and no disk is asked to lose its power.
if [ -z "${TMPDIR:-}" ] && [ "$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 4000000 ] 2>/dev/null; then
  TMPDIR=$(mktemp -d /dev/shm/yaopai-test.XXXXXX)
  chmod 755 "$TMPDIR" # PostgreSQL is started as a user of its own
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi

dotnet test Yaopai.slnx --no-build --nologo --logger "trx" --results-directory "$results" "$@"
status=$?
unformatted=0
wait "$formatter" || unformatted=1

# The counters of all result files together.
count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count passed)
failed=$(count failed)
skipped=$(($(count total) - $(count executed)))
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1 # a run that broke off has failed, whatever it counted
[ "$passed" -eq 0 ] && failed=$((failed + 1))
[ "$unformatted" -ne 0 ] && failed=$((failed + 1)) && echo "The sources are not as dotnet format writes them." >&2
[ "$skipped" -gt 0 ] && [ -n "${CI:-}" ] && failed=$((failed + skipped)) && skipped=0 && echo "A skipped test is a failed one here." >&2
rm -rf "$results"

if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ]
