#!/usr/bin/env bash
# Renders the pictures that the tests read, of the pages beside them: needs chromium-headless-shell and fonts-noto-cjk.
set -euo pipefail
cd "$(dirname "$0")"
render() { # page, width, height
  chromium-headless-shell --no-sandbox --disable-gpu --hide-scrollbars --window-size="$2,$3" --screenshot="$PWD/$1.png" "file://$PWD/$1.html" 2>/dev/null
}
render card 1000 600
render table 960 420
render id-card 1000 620
render word 200 60

# the card, upside down
sed 's/<style>/<style> html { transform: rotate(180deg); transform-origin: 500px 300px; }/' card.html > card-turned.html
render card-turned 1000 600
rm card-turned.html
