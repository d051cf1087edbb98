#!/bin/sh
# Starts `mvn -Prun` as a terminal would, stops it in three ways and looks that server, PostgreSQL
# and Redis are gone and were stopped cleanly. Usage, from the root of the repository:
#
#   server/src/test/scripts/run-profile.sh
#
# Takes the settings from the environment (MAGPIE_HTTP_PORT=… when 8080 is taken) and keeps its
# data in a directory of its own. Extra Maven options: MAVEN_OPTIONS=-o
set -u
root=$(pwd)
work=$(mktemp -d)
export MAGPIE_DATA_DIR="$work/data"
failures=0

say() { echo "run-profile: $*"; }
fail() { say "FAILED: $*"; failures=$((failures + 1)); }

# wait_for SECONDS COMMAND…
wait_for() {
  left=$(($1 * 10)); shift
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.1
  done
}

gone() {
  for pid in "$@"; do
    [ ! -d "/proc/$pid" ] || grep -q '^State:.*Z' "/proc/$pid/status" 2>/dev/null || return 1
  done
}

ready() { [ -s "$work/data/run/redis-server" ] && grep -q "$READY" "$work/out"; }
READY=${READY:-http://}

# one SIGNAL TARGET: TARGET is `group` (Ctrl-C on a terminal) or `maven`
one() {
  say "SIG$1 to $2"
  setsid env --default-signal=INT mvn -ntp ${MAVEN_OPTIONS:-} -f "$root/pom.xml" -Prun \
    >"$work/out" 2>&1 &
  maven=$!
  if ! wait_for 600 ready; then
    fail "did not become ready"; tail -20 "$work/out"; kill -TERM "-$maven"; return
  fi
  server=$(cat "$work/data/server.pid")
  postgres=$(cut -d' ' -f1 "$work/data/run/postgres")
  redis=$(cut -d' ' -f1 "$work/data/run/redis-server")
  case $2 in
    group) kill "-$1" "-$maven" ;;
    maven) kill "-$1" "$maven" ;;
  esac
  wait_for 60 gone "$maven" "$server" "$postgres" "$redis" ||
    fail "still running: maven $maven server $server postgres $postgres redis $redis"
  [ ! -e "$work/data/postgres/data/postmaster.pid" ] || fail "PostgreSQL was not shut down"
  [ -z "$(ls "$work/data/run")" ] || fail "the server did not finish its shutdown"
  tail -n 3 "$work"/data/postgres/data/log/*.log | grep -q 'database system is shut down' ||
    fail "the log of PostgreSQL does not end with a shutdown"
}

one INT group
one INT maven
one TERM maven
if [ "$failures" -eq 0 ]; then
  rm -rf "$work"
  say "passed"
else
  say "what was left is in $work"
fi
exit "$failures"
