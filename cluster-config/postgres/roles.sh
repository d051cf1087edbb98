#!/bin/sh
# The database and its two roles, as docs/operations.md describes them. Run once as a superuser, with
# MAGPIE_OWNER_PASSWORD and MAGPIE_APP_PASSWORD set; the image of PostgreSQL does so by itself.
set -eu

psql -v ON_ERROR_STOP=1 -v owner="$MAGPIE_OWNER_PASSWORD" -v app="$MAGPIE_APP_PASSWORD" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role magpie_owner login password :'owner';
create role magpie_app login password :'app';
create database magpie owner magpie_owner encoding 'UTF8' template template0;
revoke all on database magpie from public;
grant connect on database magpie to magpie_app;
\connect magpie
alter schema public owner to magpie_owner;
revoke all on schema public from public;
grant usage on schema public to magpie_app;
alter default privileges for role magpie_owner in schema public
  grant select, insert, update, delete on tables to magpie_app;
alter default privileges for role magpie_owner in schema public
  grant usage, select on sequences to magpie_app;
SQL
