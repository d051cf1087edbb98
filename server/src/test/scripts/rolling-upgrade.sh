#!/bin/sh
# Builds the server of an older commit and runs it beside the present one under load (F07): old
# servers, then old and new on one database and one Redis, then new ones. Usage, from the root of
# the repository, after a build of it (the load comes from client-sdk):
#
#   server/src/test/scripts/rolling-upgrade.sh [COMMIT]        HEAD~1 without one
#
# Extra Maven options: MAVEN_OPTIONS=-o. The older jar stays in server/target/previous.
set -eu
root=$(pwd)
commit=$(git rev-parse --verify "${1:-HEAD~1}^{commit}")
jar="$root/server/target/previous/$commit.jar"

if [ ! -f "$jar" ]; then
  work=$(mktemp -d)
  trap 'git worktree remove --force "$work/tree" 2>/dev/null || true; rm -rf "$work"' EXIT
  git worktree add --detach --quiet "$work/tree" "$commit"
  # Only the server: its web app is not asked for anything.
  mvn -q -ntp ${MAVEN_OPTIONS:-} -f "$work/tree/pom.xml" -pl server -DskipTests \
    -Dspotbugs.skip=true -Dspotless.check.skip=true package
  mkdir -p "$(dirname "$jar")"
  cp "$work/tree/server/target/magpie.jar" "$jar"
fi
mvn -ntp ${MAVEN_OPTIONS:-} -Pupgrade -pl server -Dspotbugs.skip=true \
  -Dmagpie.previous.jar="$jar" verify
