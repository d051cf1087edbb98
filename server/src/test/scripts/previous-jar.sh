#!/bin/sh
# Builds the server of an older commit, once, and prints where its jar is (F07 of the fault suite).
# Usage, from anywhere in the repository: previous-jar.sh [COMMIT]        HEAD~1 without one
# Extra Maven options: MAVEN_OPTIONS=-o. What Maven says goes to standard error.
set -eu
root=$(git rev-parse --show-toplevel)
commit=$(git rev-parse --verify "${1:-HEAD~1}^{commit}")
jar="$root/server/target/previous/$commit.jar"

if [ ! -f "$jar" ]; then
  work=$(mktemp -d)
  trap 'git -C "$root" worktree remove --force "$work/tree" 2>/dev/null || true; rm -rf "$work"' EXIT
  git -C "$root" worktree add --detach --quiet "$work/tree" "$commit"
  # Only the server: its web app is not asked for anything.
  mvn -q -ntp ${MAVEN_OPTIONS:-} -f "$work/tree/pom.xml" -pl server -DskipTests \
    -Dspotbugs.skip=true -Dspotless.check.skip=true package >&2
  mkdir -p "$(dirname "$jar")"
  cp "$work/tree/server/target/magpie.jar" "$jar.new"
  mv "$jar.new" "$jar"
fi
echo "$jar"
