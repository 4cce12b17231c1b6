#!/usr/bin/env bash
# Measures the server against an empty floor, and prints and keeps the table. README.md tells what it means.
#   bench/run.sh [--quick] [--postgres] [--rounds N] [--seconds N] [--rows NAME,NAME]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
publish=$root/artifacts/publish

need() { # program-or-file, Debian package
  command -v "$1" >/dev/null 2>&1 || ls $1 >/dev/null 2>&1 || missing+=("$2")
}
missing=()
need wrk wrk
case " $* " in *' --postgres '*) need '/usr/lib/postgresql/*/bin/initdb' postgresql ;; esac
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "The measurement needs Debian's ${missing[*]}: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
fi

for project in src/Yaopai.Server bench/Yaopai.Bench; do
  if ! output=$(dotnet publish "$root/$project" -c Release --nologo -v quiet 2>&1); then
    printf '%s\n' "$output" >&2
    exit 1
  fi
done

bench=$publish/Yaopai.Bench/release/Yaopai.Bench
figures=$root/artifacts/bench.json
"$bench" drive --server "$publish/Yaopai.Server/release/Yaopai.Server" --results "$figures" "$@"

# A short look, or a look at some rows only, leaves no table behind.
case " $* " in
  *' --quick '* | *' --rows '*) "$bench" report "$figures" ;;
  *) "$bench" report "$figures" | tee "$here/results/$(date -u +%F).md" ;;
esac
