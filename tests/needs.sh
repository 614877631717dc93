#!/bin/sh
# What the tests need beyond Python: a browser and poppler's tools. Installed through apt where there is root.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdfinfo >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "The tests need$missing: the browser walks the site, poppler reads the PDFs." >&2
    echo "Install them with your system's package manager (on Debian: sudo apt-get install$missing), then run this again." >&2
    exit 1
fi
