#!/usr/bin/env bash
# Makes .venv from requirements/dev.lock, every file checked against its hash; does nothing when it already stands.
set -eu
cd -- "$(dirname -- "$0")/.."

lock=requirements/dev.lock
stamp="$(sha256sum <"$lock" | cut -c1-64) $PWD"
mark=.venv/made-from
# whoever makes it holds the lock; a second start waits instead of making it twice
exec 9>.venv.lock
flock 9
[ "$(cat "$mark" 2>/dev/null)" = "$stamp" ] && .venv/bin/python -c '' 2>/dev/null && exit 0

suits='import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
# the system's own first: it is built for speed, one built by hand mostly is not and takes a fifth longer (measured)
for python in ${PYTHON:+"$PYTHON"} /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    if "$python" -c "$suits" 2>/dev/null; then break; fi
    python=''
done
if [ -z "$python" ]; then
    echo "No Python 3.11, 3.12 or 3.13 with venv was found; name one: make PYTHON=/path/to/python3.12" >&2
    exit 3
fi

echo "Making .venv with $("$python" --version) from $lock" >&2
[ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" </dev/null >&2
printf '%s\n' "$stamp" >"$mark"
