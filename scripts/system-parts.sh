#!/bin/sh
# The system parts of the tests: Redis, PostgreSQL, Chromium, nginx, Caddy, systemd-analyze, and
# what checks metrics (promtool). Installed through the system's package manager where it may;
# otherwise says what is missing and which tests that leaves out.
# With CI=true nothing may be left out.
set -u

missing=""
# Debian keeps PostgreSQL's programs out of the PATH, by version, and nginx out of people's.
has() {
  command -v "$1" >/dev/null 2>&1 && return
  for found in /usr/lib/postgresql/*/bin/"$1" /usr/sbin/"$1"; do [ -x "$found" ] && return; done
  return 1
}

for part in redis-server:redis-server:tests/mailboxes/test_redis.py \
  initdb:postgresql:tests/mailboxes/test_postgres.py chromium:chromium:tests/page \
  nginx:nginx:tests/deploy/test_proxies.py caddy:caddy:tests/deploy/test_proxies.py \
  systemd-analyze:systemd:tests/deploy/test_files.py \
  promtool:prometheus:tests/server/test_metrics.py; do
  command=${part%%:*}
  rest=${part#*:}
  package=${rest%%:*}
  tests=${rest#*:}
  [ -e "$tests" ] || continue
  has "$command" && continue
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing $package ..."
    { apt-get install -y -qq --no-install-recommends "$package" ||
      { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package"; }; } >/dev/null 2>&1
  fi
  has "$command" && continue
  echo "$command is missing (package $package): the tests that need it are left out ($tests)"
  missing="$missing $command"
done

if [ -n "$missing" ] && [ "${CI:-}" = true ]; then
  echo "CI=true leaves nothing out: install$missing"
  exit 1
fi
