-- The ledger of benefits: append-only, double entry, in fen. Debits are positive, credits negative; per death, kind
-- of money and payee nothing is ever paid beyond what was decided.

-- +goose Up
CREATE TABLE ledger_transactions (
  -- The key says what is booked, so that repeating a step books nothing.
  key text PRIMARY KEY, what text NOT NULL CHECK (what IN ('accrued','batched','paid','refused','corrected','claimed_back','recovered')),
  death text NOT NULL REFERENCES deaths(case_no), person text NOT NULL REFERENCES persons(id), case_no text NOT NULL REFERENCES cases(no),
  payment text NOT NULL DEFAULT '', batch text NOT NULL DEFAULT '', reason text NOT NULL DEFAULT '', at timestamptz NOT NULL);
-- One benefit for one death of one person, whatever the case and the scheme.
CREATE UNIQUE INDEX ledger_accrued_once ON ledger_transactions(person, death) WHERE what = 'accrued';
CREATE UNIQUE INDEX ledger_paid_once ON ledger_transactions(payment) WHERE what = 'paid';
CREATE INDEX ledger_transactions_death ON ledger_transactions(death);

CREATE TABLE ledger_entries (
  transaction text NOT NULL REFERENCES ledger_transactions(key), line int NOT NULL,
  account text NOT NULL CHECK (account IN ('fund','payable','transit','paid','recovery')),
  kind text NOT NULL CHECK (kind IN ('funeral','survivor','pension')), payee text NOT NULL CHECK (payee <> ''),
  amount bigint NOT NULL CHECK (amount <> 0), PRIMARY KEY (transaction, line));

GRANT SELECT, INSERT ON ledger_transactions, ledger_entries TO jieli_worker;

-- +goose StatementBegin
CREATE FUNCTION ledger_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: correct it with another transaction' USING ERRCODE = 'JL001';
END $$;
-- +goose StatementEnd
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transactions FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();

-- Bookings of one death follow one another, so that what is checked at the end of one is what it has met.
-- +goose StatementBegin
CREATE FUNCTION ledger_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger:' || NEW.death, 0));
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER in_turn BEFORE INSERT ON ledger_transactions FOR EACH ROW EXECUTE FUNCTION ledger_in_turn();

-- +goose StatementBegin
CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE of_death text := NEW.death; broken record;
BEGIN
  IF (SELECT coalesce(sum(amount), 1) FROM ledger_entries WHERE transaction = NEW.key) <> 0 THEN
    RAISE EXCEPTION 'transaction % does not balance', NEW.key USING ERRCODE = 'JL002';
  END IF;
  SELECT * INTO broken FROM ledger_broken WHERE death = of_death LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'more than was decided: % of %, %', broken.account, broken.kind, broken.balance USING ERRCODE = 'JL003';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE VIEW ledger_balances_by_payee AS
  SELECT t.death, t.person, e.kind, e.payee, e.account, sum(e.amount)::bigint AS balance
  FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction GROUP BY t.death, t.person, e.kind, e.payee, e.account;
-- What must not be: somebody was sent more than was owed, paid more than was sent, or gave back more than was claimed.
CREATE VIEW ledger_broken AS
  SELECT death, kind, payee, account, balance FROM ledger_balances_by_payee
  WHERE account IN ('payable','transit') AND balance > 0 OR account = 'recovery' AND balance < 0;
GRANT SELECT ON ledger_balances_by_payee, ledger_broken TO jieli_worker;

CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON ledger_transactions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances();

-- An entry belongs to a transaction written with it: nothing is added to one that stands already.
-- +goose StatementBegin
CREATE FUNCTION ledger_is_closed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_transactions WHERE key = NEW.transaction AND xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'transaction % is closed', NEW.transaction USING ERRCODE = 'JL001';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER closed BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_is_closed();

-- +goose Down
SELECT 1;
