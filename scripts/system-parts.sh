#!/bin/sh
# The system parts of the tests: a Redis server and Chromium. Installed through the system's
# package manager where it may; otherwise says what is missing and which tests that leaves out.
# With CI=true nothing may be left out.
set -u

missing=""
for part in redis-server:redis-server:tests/store/test_redis.py chromium:chromium:tests/page; do
  command=${part%%:*}
  rest=${part#*:}
  package=${rest%%:*}
  tests=${rest#*:}
  [ -e "$tests" ] || continue
  command -v "$command" >/dev/null 2>&1 && continue
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing $package ..."
    { apt-get install -y -qq --no-install-recommends "$package" ||
      { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package"; }; } >/dev/null 2>&1
  fi
  command -v "$command" >/dev/null 2>&1 && continue
  echo "$command is missing (package $package): the tests that need it are left out ($tests)"
  missing="$missing $command"
done

if [ -n "$missing" ] && [ "${CI:-}" = true ]; then
  echo "CI=true leaves nothing out: install$missing"
  exit 1
fi
