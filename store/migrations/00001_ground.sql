-- +goose Up
CREATE TABLE regions (
  code text PRIMARY KEY, name text NOT NULL, parent text REFERENCES regions(code),
  level text NOT NULL CHECK (level IN ('province','city','district','street','community')),
  valid_from date NOT NULL DEFAULT '2000-01-01', valid_to date);
CREATE INDEX regions_parent ON regions(parent);

CREATE TABLE offices (
  id text PRIMARY KEY, kind text NOT NULL, name text NOT NULL, region text NOT NULL REFERENCES regions(code),
  -- district code first, so that "everything below" is a prefix
  path text NOT NULL, foreign_district boolean NOT NULL DEFAULT false);
CREATE INDEX offices_kind ON offices(kind, region);
CREATE INDEX offices_path ON offices(path text_pattern_ops);

CREATE TABLE enterprises (
  office text PRIMARY KEY REFERENCES offices(id), credit_code text UNIQUE, kind text NOT NULL,
  state text NOT NULL DEFAULT 'normal', devolved_from_centre boolean NOT NULL DEFAULT false, superior text);

CREATE TABLE users (
  id text PRIMARY KEY, username text NOT NULL UNIQUE, name text NOT NULL, password_hash text NOT NULL,
  language text NOT NULL DEFAULT 'zh-CN', disabled boolean NOT NULL DEFAULT false, demo boolean NOT NULL DEFAULT false);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person text NOT NULL REFERENCES users(id),
  office text NOT NULL REFERENCES offices(id), role text NOT NULL,
  valid_from date NOT NULL DEFAULT '2000-01-01', valid_to date, UNIQUE (person, office, role, valid_from));
CREATE INDEX posts_office ON posts(office, role);
CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY, person text NOT NULL REFERENCES users(id), csrf text NOT NULL,
  created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL);
CREATE TABLE sign_in_failures (subject text PRIMARY KEY, failures int NOT NULL, last_at timestamptz NOT NULL);

CREATE TABLE settings (
  name text NOT NULL, region text NOT NULL, valid_from date NOT NULL, version int NOT NULL,
  value jsonb NOT NULL, source text NOT NULL, PRIMARY KEY (name, region, valid_from));
CREATE TABLE calendar_days (
  region text NOT NULL DEFAULT '000000', day date NOT NULL, working boolean NOT NULL, name text NOT NULL, PRIMARY KEY (region, day));

CREATE TABLE numbers (prefix text NOT NULL, region text NOT NULL, day date NOT NULL, last int NOT NULL, PRIMARY KEY (prefix, region, day));
CREATE TABLE business_keys (
  kind text NOT NULL, key text NOT NULL, case_no text NOT NULL, live boolean NOT NULL DEFAULT true);
CREATE UNIQUE INDEX business_keys_live ON business_keys(kind, key) WHERE live;
CREATE INDEX business_keys_case ON business_keys(case_no);

CREATE TABLE requests (
  actor text NOT NULL, key text NOT NULL, route text NOT NULL, body_hash bytea NOT NULL, case_no text,
  command bytea, state text NOT NULL CHECK (state IN ('pending','answered')), status int, answer bytea,
  created_at timestamptz NOT NULL, answered_at timestamptz, PRIMARY KEY (actor, key));
CREATE INDEX requests_pending ON requests(created_at) WHERE state = 'pending';

CREATE TABLE cases (
  no text PRIMARY KEY, type text NOT NULL, title text NOT NULL, state text NOT NULL, stage text NOT NULL,
  version bigint NOT NULL, head_hash text NOT NULL, fold jsonb NOT NULL, office text NOT NULL REFERENCES offices(id),
  region_path text NOT NULL, parent text, subject text, roster text, initiator text NOT NULL,
  search text[] NOT NULL DEFAULT '{}', fault text,
  started boolean NOT NULL DEFAULT false, submitted_at timestamptz NOT NULL, ended_at timestamptz,
  children_total int, children_ended int NOT NULL DEFAULT 0);
CREATE INDEX cases_parent ON cases(parent) WHERE parent IS NOT NULL;
CREATE INDEX cases_unstarted ON cases(submitted_at) WHERE NOT started;
CREATE INDEX cases_subject ON cases(subject) WHERE subject IS NOT NULL;
CREATE INDEX cases_submitted ON cases(submitted_at DESC, no);
CREATE INDEX cases_search ON cases USING gin(search);
CREATE INDEX cases_region ON cases(region_path text_pattern_ops);

CREATE TABLE case_access (office text NOT NULL, case_no text NOT NULL REFERENCES cases(no), PRIMARY KEY (office, case_no));
CREATE INDEX case_access_case ON case_access(case_no);

CREATE TABLE tasks (
  id text PRIMARY KEY, case_no text NOT NULL REFERENCES cases(no), visit int NOT NULL, stage text NOT NULL,
  office text NOT NULL, role text NOT NULL, owner text, state text NOT NULL, basis bigint NOT NULL, due timestamptz,
  why text NOT NULL DEFAULT '', conflicted text[] NOT NULL DEFAULT '{}', signed_by text, opened_at timestamptz NOT NULL, closed_at timestamptz);
CREATE INDEX tasks_claimable ON tasks(office, role, due, id) WHERE state = 'open' AND owner IS NULL;
CREATE INDEX tasks_todo ON tasks(owner, due, id) WHERE state = 'open' AND owner IS NOT NULL;
CREATE INDEX tasks_done ON tasks(signed_by, closed_at DESC, id) WHERE signed_by IS NOT NULL;
CREATE INDEX tasks_case ON tasks(case_no);

CREATE TABLE copies (
  case_no text NOT NULL REFERENCES cases(no), office text NOT NULL, person text NOT NULL DEFAULT '', at timestamptz NOT NULL,
  read_by text[] NOT NULL DEFAULT '{}', PRIMARY KEY (case_no, office, person));
CREATE INDEX copies_office ON copies(office, person);

CREATE TABLE journal (
  stream text NOT NULL, seq bigint NOT NULL, key text NOT NULL, at timestamptz NOT NULL, body bytea NOT NULL,
  prev text NOT NULL, hash text NOT NULL, PRIMARY KEY (stream, seq), UNIQUE (stream, key));

CREATE TABLE files (
  id text PRIMARY KEY, case_no text, name text NOT NULL, size bigint NOT NULL, digest text NOT NULL, content bytea NOT NULL,
  uploaded_by text NOT NULL, at timestamptz NOT NULL);

CREATE TABLE persons (
  id text PRIMARY KEY, name text NOT NULL, id_index bytea NOT NULL UNIQUE, tail_index bytea NOT NULL, id_sealed bytea NOT NULL, id_masked text NOT NULL,
  phone_sealed bytea, phone_masked text NOT NULL DEFAULT '', sex text NOT NULL DEFAULT '', birth text NOT NULL DEFAULT '',
  residence text NOT NULL DEFAULT '', hukou text NOT NULL DEFAULT '', retired_on text NOT NULL DEFAULT '', paying_agency text NOT NULL DEFAULT '',
  party_member text NOT NULL DEFAULT '', special text NOT NULL DEFAULT '', enterprise text REFERENCES offices(id),
  community text REFERENCES offices(id), form text NOT NULL DEFAULT '', handed_over_on date, contact_card text NOT NULL DEFAULT '');
CREATE INDEX persons_name ON persons(name);
CREATE INDEX persons_tail ON persons(tail_index);
CREATE INDEX persons_community ON persons(community);
CREATE INDEX persons_enterprise ON persons(enterprise);
CREATE TABLE person_history (
  person text NOT NULL REFERENCES persons(id), at timestamptz NOT NULL, what text NOT NULL, manager text NOT NULL, form text NOT NULL, case_no text NOT NULL,
  PRIMARY KEY (person, case_no, what));

CREATE TABLE rosters (
  id text PRIMARY KEY, enterprise text NOT NULL REFERENCES offices(id), uploaded_by text NOT NULL, file_name text NOT NULL,
  file_sealed bytea NOT NULL, file_digest text NOT NULL, uploaded_at timestamptz NOT NULL, state text NOT NULL,
  progress int NOT NULL DEFAULT 0, progress_of int NOT NULL DEFAULT 0, refusal jsonb, header text[] NOT NULL DEFAULT '{}',
  unknown_headers text[] NOT NULL DEFAULT '{}', mapping jsonb NOT NULL DEFAULT '{}', case_no text, merge_digests text[] NOT NULL DEFAULT '{}',
  correction_name text, correction_sealed bytea);
CREATE INDEX rosters_enterprise ON rosters(enterprise, uploaded_at DESC);
CREATE TABLE roster_rows (
  roster text NOT NULL REFERENCES rosters(id), row int NOT NULL, level text NOT NULL, codes text[] NOT NULL DEFAULT '{}',
  findings jsonb NOT NULL DEFAULT '[]', groups text[] NOT NULL DEFAULT '{}', data_key bytea, sealed bytea, id_index bytea, discarded boolean NOT NULL DEFAULT false,
  PRIMARY KEY (roster, row));
CREATE INDEX roster_rows_level ON roster_rows(roster, level, row);
CREATE INDEX roster_rows_id ON roster_rows(roster, id_index);

CREATE TABLE lines (
  id text PRIMARY KEY, case_no text NOT NULL REFERENCES cases(no), row int NOT NULL, roster text, person text REFERENCES persons(id),
  data_key bytea, sealed bytea, name text NOT NULL DEFAULT '', id_index bytea, id_masked text NOT NULL DEFAULT '',
  residence_code text NOT NULL DEFAULT '', hukou_code text NOT NULL DEFAULT '', residence text NOT NULL DEFAULT '',
  -- the person chose the hukou as the place of reception; counts where residence_basis is choice
  prefers_hukou boolean NOT NULL DEFAULT false,
  -- marked lines stay hidden until the organisation department has confirmed their class (S2.3, S2.4)
  marked boolean NOT NULL DEFAULT false, screened boolean NOT NULL DEFAULT false, cadre_class text NOT NULL DEFAULT 'ordinary',
  match_result text NOT NULL DEFAULT '', match_reason text NOT NULL DEFAULT '', street text NOT NULL DEFAULT '', community text NOT NULL DEFAULT '',
  outcome text NOT NULL DEFAULT '', outcome_reason text NOT NULL DEFAULT '', intake text, reception text, digest bytea NOT NULL, UNIQUE (case_no, row));
CREATE INDEX lines_intake ON lines(intake) WHERE intake IS NOT NULL;
CREATE INDEX lines_street ON lines(case_no, street);
CREATE INDEX lines_reception ON lines(reception) WHERE reception IS NOT NULL;
CREATE TABLE line_edits (
  case_no text NOT NULL, seq bigint NOT NULL, line text NOT NULL, field text NOT NULL, old text NOT NULL, new text NOT NULL,
  by_person text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (case_no, seq, line, field));
CREATE TABLE exclusions (
  case_no text NOT NULL, row int NOT NULL, clause text NOT NULL, confirmed_by text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (case_no, row));

CREATE TABLE pension_records (
  id_index bytea PRIMARY KEY, name text NOT NULL, status text NOT NULL, paying_agency text NOT NULL, source text NOT NULL, loaded_at timestamptz NOT NULL);

CREATE TABLE roll_ups (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent text NOT NULL, child text NOT NULL, outcome text NOT NULL, UNIQUE (parent, child));

-- +goose Down
SELECT 1;
