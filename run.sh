#!/usr/bin/env bash
# Builds Yaopai and runs it: ./run.sh starts the server, ./run.sh VERB … is the command line (./run.sh --help lists the verbs).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
program=$here/artifacts/publish/Yaopai.Server/release/Yaopai.Server
stamp=$here/artifacts/publish/run.stamp # as old as the sources that the program was built from

# The installer for one user puts it here and changes no PATH.
if ! command -v dotnet >/dev/null && [ -x "${HOME:-}/.dotnet/dotnet" ]; then
  export DOTNET_ROOT=$HOME/.dotnet PATH=$PATH:$HOME/.dotnet
fi

# A folder is newer than the stamp, too, when a file of it was removed.
is_built() {
  [ -x "$program" ] && [ -e "$stamp" ] || return 1
  [ -z "$(cd "$here" && find src gen ./*.props global.json BannedSymbols.txt .editorconfig -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

need_sdk() {
  local reason
  if ! command -v dotnet >/dev/null; then
    reason='there is no dotnet in PATH.'
  elif ! reason=$(cd "$here" && dotnet --version 2>&1); then
    reason="this is what dotnet says:"$'\n'"$reason"
  else
    return 0
  fi
  cat >&2 <<END
Yaopai needs the .NET SDK 10 to build, and $reason
  Any system:        https://dot.net/10
  Ubuntu, Fedora:    install the package dotnet-sdk-10.0
  Debian:            https://learn.microsoft.com/dotnet/core/install/linux-debian, then the package dotnet-sdk-10.0
  For you alone:     curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
END
  exit 1
}

# Standard output stays empty: what the verb prints may be read by a program.
build() {
  need_sdk
  if [ -x "$program" ]; then
    echo 'Building what changed.' >&2
  else
    echo 'Building for the first time; this takes a minute or more.' >&2
  fi
  export DOTNET_NOLOGO=1
  touch "$stamp.new" # before the build: what changes during it is built the next time
  if [ -t 2 ]; then # the build shows how far it is
    dotnet publish "$here/src/Yaopai.Server" -c Release --nologo -v minimal >&2 || exit 1
  elif ! output=$(dotnet publish "$here/src/Yaopai.Server" -c Release --nologo -v quiet 2>&1); then
    printf '%s\n' "$output" >&2
    exit 1
  fi
  mv "$stamp.new" "$stamp"
}

if ! is_built; then
  mkdir -p "$(dirname "$stamp")"
  if command -v flock >/dev/null; then
    # One builds, the others wait for it. Build servers outlive the build, and would hold the lock if they had it.
    (
      flock 9
      is_built || build 9>&-
    ) 9>"$stamp.lock"
  else
    build
  fi
fi

export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
exec "$program" "$@"
