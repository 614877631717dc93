#!/bin/sh
# What the benchmarks need beyond the tests: LibreOffice Calc, the peer. Installed through apt where there is root.
set -eu
command -v soffice >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing libreoffice-calc"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null
else
    echo "The benchmarks need LibreOffice Calc, which they race against (on Debian: sudo apt-get install libreoffice-calc)." >&2
    exit 1
fi
