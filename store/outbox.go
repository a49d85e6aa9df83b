package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/notify"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

const (
	recipientPlace     = "outbox_messages|recipient_sealed|"
	claimantPhonePlace = "benefit_claimants|phone_sealed|"
	claimantMailPlace  = "benefit_claimants|mail_sealed|"
)

// The pace of a message that is not taken: after half a minute, then twice as long each time up to two hours, and for
// little more than a day in all.
const (
	firstRetry      = 30 * time.Second
	longestRetry    = 2 * time.Hour
	mostAttempts    = 20
	messageLease    = 2 * time.Minute
	suppressedDeath = "silenced"
)

// SendBy says by which channels messages go; without any none are written.
func (s *Store) SendBy(channels ...string) { s.channels = channels }

// contact is one of those a message goes to. key tells them apart within a case; own is the person's own number.
type contact struct {
	key, phone, mail string
	own              bool
}

// told is a message that an entry causes. step tells two of one template apart; a case sends the others once.
type told struct {
	template, step string
	to             func(ctx context.Context, s *Store, tx pgx.Tx, fold *approval.Case) ([]contact, error)
}

// messageRules is THE table from what happened in whose case to who is written to.
var messageRules = map[string]func(fold *approval.Case, entry *approval.Entry, event approval.Event) (told, bool){
	procedures.TypeBenefit:   toldOfBenefit,
	procedures.TypeDeath:     toldOfDeath,
	procedures.TypeReception: toldOfReception,
}

func toldOfBenefit(fold *approval.Case, entry *approval.Entry, event approval.Event) (told, bool) {
	approved := event.Kind == approval.EventVisitClosed && event.Outcome == approval.OutcomeApproved
	switch {
	case approved && entry.Stage == procedures.StageBenefitClaim:
		return told{template: notify.ClaimReceived, to: claimantContacts}, true
	case event.Kind == approval.EventVisitOpened && event.Stage == procedures.StageBenefitClaim && event.Why == "returned":
		return told{template: notify.ClaimMissing, step: fmt.Sprint(fold.Current().ID), to: claimantContacts}, true
	case approved && entry.Stage == procedures.StageBenefitMeeting,
		approved && entry.Stage == procedures.StageBenefitDecision && (fold.Current() == nil || fold.Current().Stage != procedures.StageBenefitMeeting),
		event.Kind == approval.EventCaseEnded && (event.State == approval.CaseRejected || event.State == approval.CaseNotAccepted):
		return told{template: notify.Decided, to: claimantContacts}, true
	case event.Kind == approval.EventVisitOpened && event.Stage == procedures.StageBenefitLetter:
		return told{template: notify.LetterReady, to: claimantContacts}, true
	}
	return told{}, false
}

func toldOfDeath(_ *approval.Case, entry *approval.Entry, event approval.Event) (told, bool) {
	switch {
	case event.Kind == approval.EventVisitClosed && event.Outcome == approval.OutcomeApproved && entry.Stage == procedures.StageDeathReport:
		return told{template: notify.ReportReceived, to: reporterContact}, true
	case event.Kind == approval.EventCaseEnded && event.State == approval.CaseClosed:
		return told{template: notify.ReportVerified, to: reporterContact}, true
	}
	return told{}, false
}

func toldOfReception(fold *approval.Case, _ *approval.Entry, event approval.Event) (told, bool) {
	if event.Kind == approval.EventCaseEnded && event.State == approval.CaseClosed && formText(fold.Form, "outcome") == string(procedures.OutcomeReceived) {
		return told{template: notify.Received, to: ownContact}, true
	}
	return told{}, false
}

// claimantContacts are the numbers and addresses the claimants have given.
func claimantContacts(ctx context.Context, s *Store, tx pgx.Tx, fold *approval.Case) ([]contact, error) {
	return s.contactsOf(ctx, tx, `SELECT id, phone_sealed, mail_sealed FROM benefit_claimants WHERE case_no = $1 ORDER BY row`, fold.No)
}

func (s *Store) contactsOf(ctx context.Context, tx pgx.Tx, sql, key string) ([]contact, error) {
	rows, err := tx.Query(ctx, sql, key)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (contact, error) {
		var one contact
		var phone, mail []byte
		if err := row.Scan(&one.key, &phone, &mail); err != nil {
			return one, err
		}
		var err error
		if one.phone, err = s.openText(phone, claimantPhonePlace+one.key); err == nil {
			one.mail, err = s.openText(mail, claimantMailPlace+one.key)
		}
		return one, err
	})
}

// openText opens what may not have been given.
func (s *Store) openText(sealed []byte, place string) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := s.ring.Open(sealed, place)
	return string(plain), err
}

// reporterContact is who reported a death, not the person: the number stays in use.
func reporterContact(_ context.Context, _ *Store, _ pgx.Tx, fold *approval.Case) ([]contact, error) {
	return []contact{{key: "reporter", phone: formText(fold.Form, "reporterPhone")}}, nil
}

func ownContact(ctx context.Context, s *Store, tx pgx.Tx, fold *approval.Case) ([]contact, error) {
	var sealed []byte
	if err := tx.QueryRow(ctx, `SELECT phone_sealed FROM persons WHERE id = $1`, fold.Subject).Scan(&sealed); err != nil {
		return nil, orNotFound(err)
	}
	phone, err := s.openText(sealed, "persons|phone_sealed|"+fold.Subject)
	return []contact{{key: "person", phone: phone, own: true}}, err
}

// writeMessages writes what an entry causes to be told, in its transaction. An entry of another procedure costs nothing.
func (s *Store) writeMessages(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	rule := messageRules[fold.Type]
	if rule == nil || len(s.channels) == 0 {
		return nil
	}
	for _, event := range entry.Events {
		message, due := rule(fold, entry, event)
		if !due {
			continue
		}
		contacts, err := message.to(ctx, s, tx, fold)
		if err != nil {
			return err
		}
		if err := s.writeMessage(ctx, tx, fold, message.template, message.step, contacts); err != nil {
			return err
		}
	}
	return nil
}

// messageParameters are all a message is filled in with: whom to ask.
type messageParameters struct {
	Office string `json:"office"`
	Phone  string `json:"phone,omitempty"`
}

// writeMessage puts a message for each contact and channel into the outbox, once: its key is what it is about.
func (s *Store) writeMessage(ctx context.Context, tx pgx.Tx, fold *approval.Case, template, step string, contacts []contact) error {
	now := s.clock.Now()
	batch := &pgx.Batch{}
	for _, one := range contacts {
		phone, kind := rules.CheckPhone(one.phone)
		if kind != rules.PhoneMobile {
			phone = ""
		}
		for _, channel := range s.channels {
			to, masked := phone, view.MaskPhone(phone)
			if channel == notify.Mail {
				to, masked = one.mail, view.MaskMail(one.mail)
			}
			if to == "" {
				continue
			}
			key := fmt.Sprintf("%s|%s|%s|%s|%s", fold.No, template, step, one.key, channel)
			id := hex.EncodeToString(s.ring.Index("outbox", key))
			batch.Queue(`INSERT INTO outbox_messages(id, key, channel, template, parameters, case_no, person, region, own, recipient_sealed, recipient_masked, state, next_attempt_at, written_at, settled_at, reason)
				SELECT $1,$2,$3,$4,jsonb_build_object('office', o.name, 'phone', o.phone),$5,$6,$7,$8,CASE WHEN q.quiet THEN NULL ELSE $9::bytea END,$10,CASE WHEN q.quiet THEN 'suppressed' ELSE 'waiting' END,$11::timestamptz,$11::timestamptz,
					CASE WHEN q.quiet THEN $11::timestamptz END,CASE WHEN q.quiet THEN $13 ELSE '' END
				FROM offices o, (SELECT $8 AND is_silenced($6) AS quiet) q WHERE o.id = $12 ON CONFLICT (key) DO NOTHING`,
				id, key, channel, template, fold.No, nullText(fold.Subject), fold.Facts[procedures.FactRegion], one.own, s.ring.Seal([]byte(to), recipientPlace+id), masked, now, messageOffice(fold), suppressedDeath)
		}
	}
	if batch.Len() == 0 {
		return nil
	}
	return tx.SendBatch(ctx, batch).Close()
}

// messageOffice answers questions: the community for whom it has received, else who took the case in.
func messageOffice(fold *approval.Case) string {
	if fold.Type == procedures.TypeReception {
		return fold.Facts[procedures.FactCommunity]
	}
	return fold.Office
}

// tellPayee writes to a claimant once everything of theirs has arrived, or once the bank has refused something.
func (s *Store) tellPayee(ctx context.Context, tx pgx.Tx, no, claimant string) error {
	if len(s.channels) == 0 {
		return nil
	}
	var arrived bool
	var refused int
	if err := tx.QueryRow(ctx, `SELECT coalesce(bool_and(state = 'paid'), false), count(*) FILTER (WHERE state = 'refused') FROM payments WHERE claimant = $1`, claimant).Scan(&arrived, &refused); err != nil {
		return err
	}
	template, step := notify.Paid, ""
	if !arrived {
		// Each refusal after a correction is a new one; payments refused together are one.
		if err := tx.QueryRow(ctx, `SELECT count(*)::text FROM payee_corrections p JOIN cases c ON c.no = p.case_no WHERE p.claimant = $1 AND c.ended_at IS NOT NULL`, claimant).Scan(&step); err != nil || refused == 0 {
			return err
		}
		template = notify.Account
	}
	fold, err := foldOf(ctx, tx, no)
	if err != nil {
		return err
	}
	contacts, err := s.contactsOf(ctx, tx, `SELECT id, phone_sealed, mail_sealed FROM benefit_claimants WHERE id = $1`, claimant)
	if err != nil {
		return err
	}
	return s.writeMessage(ctx, tx, fold, template, step, contacts)
}

// TakeMessage takes the next message that is due, for as long as an attempt may last; nil when there is none. An
// attempt that is never settled, because the program died, is made again under the same id. What goes to the
// person's own number is asked about once more: a report may have come since.
func (s *Store) TakeMessage(ctx context.Context) (taken *view.OutboxMessage, err error) {
	for {
		done := true
		err = s.inTransaction(ctx, func(tx pgx.Tx) error {
			taken, done = nil, true
			var message view.OutboxMessage
			var sealed, parameters []byte
			var region string
			var quiet bool
			now := s.clock.Now()
			err := tx.QueryRow(ctx, `SELECT id, channel, template, parameters, region, recipient_sealed, attempts + 1, own AND is_silenced(person) FROM outbox_messages
				WHERE state = 'waiting' AND next_attempt_at <= $1 AND channel = ANY($2) ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`, now, s.channels).
				Scan(&message.ID, &message.Channel, &message.Template, &parameters, &region, &sealed, &message.Attempt, &quiet)
			if err != nil {
				if orNotFound(err) != err {
					return nil
				}
				return err
			}
			if quiet || message.Attempt > mostAttempts {
				done = false
				state, reason := "suppressed", suppressedDeath
				if !quiet {
					state, reason = "failed", "no attempt came to an end"
				}
				_, err := tx.Exec(ctx, `UPDATE outbox_messages SET state = $2, reason = $3, settled_at = $4, recipient_sealed = CASE WHEN $2 = 'failed' THEN recipient_sealed END WHERE id = $1`, message.ID, state, reason, now)
				return err
			}
			var filled messageParameters
			if err := json.Unmarshal(parameters, &filled); err != nil {
				return err
			}
			message.Office, message.Phone = filled.Office, filled.Phone
			if message.To, err = s.openText(sealed, recipientPlace+message.ID); err != nil {
				return err
			}
			if message.Places, err = s.Places(ctx, region); err != nil {
				return err
			}
			taken = &message
			_, err = tx.Exec(ctx, `UPDATE outbox_messages SET attempts = $2, next_attempt_at = $3 WHERE id = $1`, message.ID, message.Attempt, now.Add(messageLease))
			return err
		})
		if err != nil || done {
			return taken, err
		}
	}
}

// SettleMessage writes what became of an attempt: sent where reason is empty, else tried again later or, for good
// reason or after many attempts, failed. Only the latest attempt of a waiting message counts.
func (s *Store) SettleMessage(ctx context.Context, id string, attempt int, reason string, permanent bool) error {
	now := s.clock.Now()
	switch {
	case reason == "":
		_, err := s.pool.Exec(ctx, `UPDATE outbox_messages SET state = 'sent', reason = '', settled_at = $3, recipient_sealed = NULL WHERE id = $1 AND attempts = $2 AND state = 'waiting'`, id, attempt, now)
		return err
	case permanent || attempt >= mostAttempts:
		_, err := s.pool.Exec(ctx, `UPDATE outbox_messages SET state = 'failed', reason = $4, settled_at = $3 WHERE id = $1 AND attempts = $2 AND state = 'waiting'`, id, attempt, now, reason)
		return err
	}
	_, err := s.pool.Exec(ctx, `UPDATE outbox_messages SET next_attempt_at = $3, reason = $4 WHERE id = $1 AND attempts = $2 AND state = 'waiting'`, id, attempt, now.Add(retryAfter(attempt)), reason)
	return err
}

// retryAfter is how long a message waits after an attempt.
func retryAfter(attempt int) time.Duration {
	return min(firstRetry<<min(attempt-1, 16), longestRetry)
}
