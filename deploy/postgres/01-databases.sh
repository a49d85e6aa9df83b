#!/bin/sh
# Runs once, when the cluster is made: one role and its databases for Jieli, one for Temporal.
set -eu
jieli=$(cat /run/secrets/jieli_password)
temporal=$(cat /run/secrets/temporal_password)
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" -v jieli="$jieli" -v temporal="$temporal" <<'SQL'
CREATE ROLE jieli LOGIN PASSWORD :'jieli';
CREATE ROLE temporal LOGIN PASSWORD :'temporal';
CREATE DATABASE jieli OWNER jieli;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
