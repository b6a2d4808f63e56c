#!/usr/bin/env bash
# Fetches Debian's flite, a second synthesiser to measure recognition with, into var/flite.
# Nothing is installed; where there is no apt, espeak-ng's voices must do.
set -euo pipefail
[ -x var/flite/usr/bin/flite ] && exit 0
command -v apt-get >/dev/null || { echo "flite comes from Debian's packages: there is no apt-get here" >&2; exit 1; }
mkdir -p var/flite/packages
cd var/flite/packages
apt-get download -q flite libflite1 libasound2 libasound2-data
for package in *.deb; do dpkg-deb -x "$package" ..; done
rm -r ../packages
