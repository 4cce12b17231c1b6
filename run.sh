#!/usr/bin/env bash
# Builds Yaopai and runs it: ./run.sh starts the server, ./run.sh VERB … is the command line (./run.sh --help lists the verbs).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
program=$here/artifacts/publish/Yaopai.Server/release/Yaopai.Server

# Says nothing unless the build fails: what the verb prints may be read by a program.
if ! output=$(dotnet publish "$here/src/Yaopai.Server" -c Release --nologo -v quiet 2>&1); then
  printf '%s\n' "$output" >&2
  exit 1
fi

export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
exec "$program" "$@"
