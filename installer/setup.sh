#!/usr/bin/env bash
# Installs the system packages that are missing for the purposes named (env, run, test, package); does nothing when none is.
set -eu

here=$(cd -- "$(dirname -- "$0")" && pwd)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is no Debian or Ubuntu system: install the programs named in installer/packages.txt yourself." >&2
    exit 0
fi

# One line for each requirement that nothing installed meets: its alternatives, parted by blanks.
missing() {
    dpkg-query -W -f='${db:Status-Abbrev},${Package},${Provides}\n' | sed -n 's/([^)]*)//g; s/^ii *,//p' |
        awk -v purposes=" $* " '
            NR == FNR { n = split($0, names, /[ ,]+/); for (i = 1; i <= n; i++) present[names[i]] = 1; next }
            /^#/ || NF < 2 || !index(purposes, " " $1 " ") { next }
            { line = ""; for (i = 2; i <= NF; i++) if ($i != "|") { if ($i in present) next; line = line " " $i }
              if (!seen[line]++) print line }' - "$here/packages.txt"
}

# The first alternative of each line that apt knows; the last one if it knows none.
choose() {
    while read -r -a names; do
        for name in "${names[@]}"; do
            ! apt-cache show --no-all-versions "$name" >/dev/null 2>&1 || break
        done
        printf '%s ' "$name"
    done
}

lacking=$(missing "$@")
[ -n "$lacking" ] || exit 0

become=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These system packages are missing and only an administrator can install them:" $lacking >&2
        exit 3
    fi
    become=(sudo)
fi

install() {
    local wanted
    wanted=$(choose <<<"$lacking")
    echo "Installing system packages with apt-get: $wanted" >&2
    # shellcheck disable=SC2086 # a list of names
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted </dev/null >&2
}

install || {
    echo "Refreshing apt's lists first." >&2
    "${become[@]}" apt-get update -q </dev/null >&2
    install
}
