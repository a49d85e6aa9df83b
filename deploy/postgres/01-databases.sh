#!/bin/sh
# Runs once, when the cluster is made: one role and its databases for Jieli, one for Temporal.
set -eu
jieli=$(cat /run/secrets/jieli_password)
temporal=$(cat /run/secrets/temporal_password)
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" -v jieli="$jieli" -v temporal="$temporal" <<'SQL'
CREATE ROLE jieli LOGIN PASSWORD :'jieli';
CREATE ROLE temporal LOGIN PASSWORD :'temporal';
-- The roles the program takes on (store/migrations/00002_row_security.sql).
CREATE ROLE jieli_app NOLOGIN;
CREATE ROLE jieli_worker NOLOGIN;
GRANT jieli_app, jieli_worker TO jieli;
CREATE DATABASE jieli OWNER jieli;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
