#!/usr/bin/env bash
# Runs a command against a fresh `jieli dev --demo` in a folder of its own; JIELI_URL names it, and
# JIELI_DATA and JIELI_STACK_PID let a suite start it again.
# Usage: scripts/with-stack.sh COMMAND...
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d "${TMPDIR:-/tmp}/jieli-stack.XXXXXX")
# PostgreSQL runs as another user when this is root, and must pass through.
chmod 755 "$data"
bin/jieli dev --demo --data "$data" --http 127.0.0.1:0 >"$data/out" 2>"$data/stack.log" &
stack=$!
trap 'kill -INT $stack 2>/dev/null || true; wait $stack 2>/dev/null || true; rm -rf "$data"' EXIT
until JIELI_URL=$(sed -n 's/^ready //p' "$data/out") && [ -n "$JIELI_URL" ]; do
  kill -0 $stack 2>/dev/null || { cat "$data/stack.log" >&2; exit 1; }
  sleep 0.2
done
export JIELI_URL JIELI_DATA=$data JIELI_STACK_PID=$stack
"$@"
