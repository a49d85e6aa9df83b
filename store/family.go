package store

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

const (
	familyCodePlace = "family_codes|code_sealed|"
	// familyCodeBytes are 60 random bits: twelve letters.
	familyCodeBytes, familyCodeLength = 8, 12
	// familyCodeLife is how long after the end of a case its family may still look.
	familyCodeLife = 365 * 24 * time.Hour
)

// FamilyCode answers the code of a case within the caller's scope, which is made as it is first printed: nobody was
// given one before. It is kept sealed, for the slip to be printed again, and as a keyed hash to be found by.
func (s *Store) FamilyCode(ctx context.Context, scope view.Scope, no string) (string, error) {
	var known bool
	if err := s.as(scope).QueryRow(ctx, `SELECT true FROM cases c WHERE c.no = $3 AND `+caseScope, scope.Offices, scope.Paths, no).Scan(&known); err != nil {
		return "", orNotFound(err)
	}
	random := make([]byte, familyCodeBytes)
	s.clock.Random(random)
	fresh := codeLetters.EncodeToString(random)[:familyCodeLength]
	if _, err := s.pool.Exec(ctx, `INSERT INTO family_codes(case_no, code_index, code_sealed, issued_at) VALUES ($1,$2,$3,$4) ON CONFLICT (case_no) DO NOTHING`,
		no, s.ring.Index("family-code", fresh), s.ring.Seal([]byte(fresh), familyCodePlace+no), s.clock.Now()); err != nil {
		return "", err
	}
	var sealed []byte
	if err := s.pool.QueryRow(ctx, `SELECT code_sealed FROM family_codes WHERE case_no = $1`, no).Scan(&sealed); err != nil {
		return "", err
	}
	code, err := s.ring.Open(sealed, familyCodePlace+no)
	return string(code), err
}

// OfficePhone is whom a family calls; empty where the directory does not say.
func (s *Store) OfficePhone(ctx context.Context, office string) (phone string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT phone FROM offices WHERE id = $1`, office).Scan(&phone)
	return phone, orNotFound(err)
}

// FamilyCase finds a case by the code on the family's slip and the last four characters of an ID number. An unknown
// code is looked for as long as a known one with other digits, and answered alike.
func (s *Store) FamilyCase(ctx context.Context, code, lastFour string) (*view.FamilyCase, error) {
	index := s.ring.Index("family-code", view.TypedCode(code))
	var no, caseType string
	err := s.pool.QueryRow(ctx, `SELECT f.case_no, c.type FROM family_codes f JOIN cases c ON c.no = f.case_no WHERE f.code_index = $1 AND (c.ended_at IS NULL OR c.ended_at > $2)`,
		index, s.clock.Now().Add(-familyCodeLife)).Scan(&no, &caseType)
	if err != nil && orNotFound(err) == err {
		return nil, err
	}
	family, declared := procedures.FamilyOf(caseType)
	matches, err := s.endsWith(ctx, no, family.Digits, lastFour)
	if err != nil {
		return nil, err
	}
	if !declared || !matches {
		return nil, approval.NotFound()
	}
	found := &view.FamilyCase{Family: family}
	if found.Fold, err = foldOf(ctx, s.pool, no); err != nil {
		return nil, err
	}
	if found.Offices, err = s.familyOffices(ctx, found.Fold); err != nil {
		return nil, err
	}
	return found, s.pool.QueryRow(ctx, `WITH counted AS (UPDATE family_codes SET answered = answered + 1 WHERE case_no = $1)
		SELECT coalesce(bool_or(state = 'refused'), false), coalesce(bool_and(state = 'paid'), false) FROM payments WHERE case_no = $1`, no).Scan(&found.Refused, &found.Paid)
}

// endsWith reports whether an ID number that may be asked for ends in four characters; of no case none does.
func (s *Store) endsWith(ctx context.Context, no string, whose procedures.FamilyDigits, lastFour string) (bool, error) {
	lastFour = strings.ToUpper(strings.TrimSpace(lastFour))
	rows, err := s.pool.Query(ctx, `SELECT 'claimant', $2 || b.id, b.id_sealed FROM benefit_claimants b WHERE b.case_no = $1
		UNION ALL SELECT 'person', 'persons|id_sealed|' || p.id, p.id_sealed FROM cases c JOIN persons p ON p.id = c.subject WHERE c.no = $1`, no, claimantPlace)
	if err != nil {
		return false, err
	}
	matches := 0
	var kind, place string
	var sealed []byte
	_, err = pgx.ForEachRow(rows, []any{&kind, &place, &sealed}, func() error {
		number, err := s.ring.Open(sealed, place)
		if err == nil && kind == string(whose) && len(number) >= 4 {
			matches |= subtle.ConstantTimeCompare(number[len(number)-4:], []byte(lastFour))
		}
		return err
	})
	return matches == 1, err
}

// familyOffices are those that took the case in or have it in hand.
func (s *Store) familyOffices(ctx context.Context, fold *approval.Case) (map[string]view.FamilyOffice, error) {
	ids := []string{fold.Office}
	if current := fold.Current(); current != nil {
		for _, task := range current.Tasks {
			ids = append(ids, task.Office)
		}
	}
	rows, err := s.pool.Query(ctx, `SELECT id, name, phone FROM offices WHERE id = ANY($1)`, ids)
	if err != nil {
		return nil, err
	}
	offices := map[string]view.FamilyOffice{}
	var id string
	var office view.FamilyOffice
	_, err = pgx.ForEachRow(rows, []any{&id, &office.Name, &office.Phone}, func() error {
		offices[id] = office
		return nil
	})
	return offices, err
}

// CountInquiry counts an inquiry as a failure of every subject before it is answered, so that of many sent at once
// no more than the limit are free. It answers how long to wait, zero where no limit is reached. Each statement is a
// transaction of its own: processes never wait for one another in turn.
func (s *Store) CountInquiry(ctx context.Context, limits []view.InquiryLimit) (time.Duration, error) {
	now := s.clock.Now()
	var wait time.Duration
	for _, limit := range limits {
		var over bool
		var until time.Time
		err := s.pool.QueryRow(ctx, `INSERT INTO inquiry_limits AS l (subject, count, until) VALUES ($1,1,$3) ON CONFLICT (subject) DO UPDATE SET
			count = CASE WHEN l.until <= $2 THEN 1 ELSE least(l.count, $4) + 1 END,
			until = CASE WHEN l.until <= $2 OR l.count + 1 = $4 THEN $3 ELSE l.until END
			RETURNING l.count > $4, l.until`, s.ring.Index("inquiry", limit.Subject), now, now.Add(limit.While), limit.Most).Scan(&over, &until)
		if err != nil {
			return 0, err
		}
		if over {
			wait = max(wait, until.Sub(now))
		}
	}
	// What has run out goes a little at a time.
	_, err := s.pool.Exec(ctx, `DELETE FROM inquiry_limits WHERE subject IN (SELECT subject FROM inquiry_limits WHERE until <= $1 LIMIT 20 FOR UPDATE SKIP LOCKED)`, now)
	return wait, err
}

// FreeInquiry takes back what CountInquiry counted for an inquiry that was answered: the first subject, its code, is
// free again, the others have one failure less.
func (s *Store) FreeInquiry(ctx context.Context, limits []view.InquiryLimit) error {
	for i, limit := range limits {
		if _, err := s.pool.Exec(ctx, `UPDATE inquiry_limits SET count = CASE WHEN $2 THEN 0 ELSE greatest(count - 1, 0) END WHERE subject = $1`, s.ring.Index("inquiry", limit.Subject), i == 0); err != nil {
			return err
		}
	}
	return nil
}
