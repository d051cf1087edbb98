#!/bin/sh
# Runs the SDK of an older commit, with its own integration tests, against the present server: what
# is installed in programs and open in browsers must go on working when the server is upgraded.
# Usage, from the root of the repository, after a build of it:
#
#   client-sdk/tools/older-sdk.sh COMMIT
set -eu
root=$(pwd)
commit=$(git rev-parse --verify "$1^{commit}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git archive "$commit" client-sdk/package.json client-sdk/tsconfig.base.json \
  client-sdk/packages/sdk client-sdk/tools server/src/main/resources/contract | tar -x -C "$work"
# What it is made with is present; the SDK itself is imported by its own path.
ln -s "$root/client-sdk/node_modules" "$work/client-sdk/node_modules"
if [ -d "$root/client-sdk/packages/sdk/node_modules" ]; then
  ln -s "$root/client-sdk/packages/sdk/node_modules" "$work/client-sdk/packages/sdk/node_modules"
fi
(cd "$work/client-sdk" && node tools/generate-types.mjs)
cd "$work/client-sdk/packages/sdk"
node "$root/client-sdk/tools/with-server.mjs" npm run --silent test:integration
