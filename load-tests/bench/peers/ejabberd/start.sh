#!/bin/sh
# Runs ejabberd as Debian packages it (ejabberd, erlang-p1-pgsql) in the foreground, with everything
# it writes in the current directory. PORT, SQL_PORT, SQL_DATABASE, SQL_USER, SQL_PASSWORD.
set -eu
here=$(dirname "$0")
rm -rf ejabberd
mkdir -p ejabberd
sed -e "s|@PORT@|$PORT|" -e "s|@SQL_PORT@|$SQL_PORT|" -e "s|@SQL_DATABASE@|$SQL_DATABASE|" \
  -e "s|@SQL_USER@|$SQL_USER|" -e "s|@SQL_PASSWORD@|$SQL_PASSWORD|" \
  "$here/ejabberd.yml" >ejabberd/ejabberd.yml
export ERL_LIBS=/usr/lib/x86_64-linux-gnu
export EJABBERD_CONFIG_PATH="$PWD/ejabberd/ejabberd.yml" EJABBERD_LOG_PATH="$PWD/ejabberd/ejabberd.log"
export ERL_MAX_ETS_TABLES=20000 HOME="$PWD/ejabberd"
exec erl +K true +P 1000000 +Q 65536 -noinput -mnesia dir "\"$PWD/ejabberd\"" -s ejabberd
