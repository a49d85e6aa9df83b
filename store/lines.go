package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// preparedLine is one person of a batch, sealed and ready to be written.
type preparedLine struct {
	id            string
	row           int
	dataKey       []byte
	sealed        []byte
	name          string
	index         []byte
	masked        string
	residenceCode string
	hukouCode     string
	residence     string
	prefersHukou  bool
	estate        string
	marked        bool
	cadreClass    string
	digest        []byte
	wrapped       []byte
}

// linesOf seals the lines of a new handover, given or taken from its roster.
func (s *Store) linesOf(ctx context.Context, tx pgx.Tx, new *view.NewCase) ([]preparedLine, error) {
	given := new.Lines
	if new.Roster != "" && len(given) == 0 {
		var err error
		if given, err = s.rosterLines(ctx, tx, new.Roster, new.Submission.No); err != nil {
			return nil, err
		}
	}
	prepared := make([]preparedLine, 0, len(given))
	for _, line := range given {
		prepared = append(prepared, s.prepareLine(fmt.Sprintf("%s.%d", new.Submission.No, line.Row), line))
	}
	return prepared, nil
}

func (s *Store) prepareLine(id string, line view.NewLine) preparedLine {
	body, _ := json.Marshal(line.Values)
	key := crypt.NewDataKey()
	class := cadreClass(line.Values["cadre_class"])
	return preparedLine{id: id, row: line.Row, wrapped: s.ring.Seal(key, "lines|data_key|"+id), sealed: crypt.SealWith(key, body, "lines|sealed|"+id),
		name: line.Values["name"], index: s.ring.Index("person", line.Values["id_number"]), masked: view.MaskID(line.Values["id_number"]),
		residenceCode: line.Values["residence_code"], hukouCode: line.Values["hukou_code"], residence: line.Values["residence_address"],
		prefersHukou: strings.Contains(line.Values["reception_choice"], "户籍"), estate: rules.Estate(line.Values["residence_address"]),
		marked: class != "ordinary", cadreClass: class, digest: s.ring.Index("line", string(body))}
}

// cadreClass reads the roster's wording. What the organisation department finds may differ.
func cadreClass(text string) string {
	switch {
	case strings.Contains(text, "中央"):
		return "central"
	case strings.Contains(text, "县") || strings.Contains(text, "市管") || strings.Contains(text, "省管"):
		return "county"
	}
	return "ordinary"
}

func insertLines(ctx context.Context, tx pgx.Tx, no, roster string, lines []preparedLine) error {
	if len(lines) == 0 {
		return nil
	}
	// Row-level security knows no COPY; a batch of inserts is nearly as quick.
	batch := &pgx.Batch{}
	for _, l := range lines {
		batch.Queue(`INSERT INTO lines(id, case_no, row, roster, data_key, sealed, name, id_index, id_masked, residence_code, hukou_code, residence, prefers_hukou, estate, marked, cadre_class, digest)
			VALUES ($1,$2,$3,nullif($4,''),$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
			l.id, no, l.row, roster, l.wrapped, l.sealed, l.name, l.index, l.masked, l.residenceCode, l.hukouCode, l.residence, l.prefersHukou, l.estate, l.marked, l.cadreClass, l.digest)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// openLine decrypts the values of a line; a shredded line answers not-found.
func (s *Store) openLine(id string, wrapped, sealed []byte) (map[string]string, error) {
	if wrapped == nil || sealed == nil {
		return nil, approval.NotFound()
	}
	key, err := s.ring.Open(wrapped, "lines|data_key|"+id)
	if err != nil {
		return nil, err
	}
	body, err := crypt.OpenWith(key, sealed, "lines|sealed|"+id)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	return values, json.Unmarshal(body, &values)
}

// settleScreening closes the organisation department's screening: centrally managed lines leave
// the batch, their key and everything about the person is destroyed, and what stays is the row
// number, the clause and who confirmed (S2.3). Rows that repeat such a person's number, blocked as
// duplicates and left in the roster, go the same way.
func (s *Store) settleScreening(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO exclusions(case_no, row, clause, confirmed_by, at) SELECT case_no, row, 'S2.3', $2::text, $3::timestamptz FROM lines
		WHERE case_no = $1 AND cadre_class = 'central' AND outcome = ''
		UNION SELECT l.case_no, r.row, 'S2.3', $2::text, $3::timestamptz FROM lines l JOIN roster_rows r ON r.roster = l.roster AND r.id_index = l.id_index
		WHERE l.case_no = $1 AND l.cadre_class = 'central' AND l.outcome = ''`, fold.No, entry.Actor.Person, entry.At)
	batch.Queue(`UPDATE roster_rows r SET data_key = NULL, sealed = NULL, id_index = NULL, findings = '[]', codes = '{}' FROM lines l
		WHERE l.case_no = $1 AND l.cadre_class = 'central' AND l.outcome = '' AND r.roster = l.roster AND (r.row = l.row OR r.id_index = l.id_index)`, fold.No)
	batch.Queue(`DELETE FROM business_keys b USING lines l WHERE l.case_no = $1 AND l.cadre_class = 'central' AND l.outcome = '' AND b.case_no = $1 AND b.key = encode(l.id_index, 'hex')`, fold.No)
	batch.Queue(`DELETE FROM line_edits e USING lines l WHERE l.case_no = $1 AND l.cadre_class = 'central' AND l.outcome = '' AND e.line = l.id`, fold.No)
	batch.Queue(`UPDATE lines SET outcome = 'excluded', outcome_reason = 'S2.3', data_key = NULL, sealed = NULL, name = '', id_index = NULL, id_masked = '',
		residence = '', estate = '', residence_code = '', hukou_code = '', digest = ''::bytea WHERE case_no = $1 AND cadre_class = 'central' AND outcome = ''`, fold.No)
	batch.Queue(`UPDATE lines SET screened = true WHERE case_no = $1`, fold.No)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	return s.settleDuplicates(ctx, tx, fold)
}

// checkVerification refuses what a declaration cannot express: nobody is received without being
// reached, and who moves on moves to a community there is.
func checkVerification(ctx context.Context, q querier, fold *approval.Case) error {
	var outcome, verifiedWith, newCommunity string
	_ = json.Unmarshal(fold.Form["outcome"], &outcome)
	_ = json.Unmarshal(fold.Form["verifiedWith"], &verifiedWith)
	_ = json.Unmarshal(fold.Form["newCommunity"], &newCommunity)
	if outcome == string(procedures.OutcomeReceived) && verifiedWith == "nobody" {
		return approval.Invalid("form.verifiedWith", "未联系上本人或代办人，不能登记为已接收；请改为暂缓接收并记录联系情况",
			"nobody was reached, so the person cannot be received; defer and log the contacts")
	}
	if outcome != string(procedures.OutcomeMoved) {
		return nil
	}
	var known, same bool
	err := q.QueryRow(ctx, `SELECT EXISTS (SELECT FROM offices c JOIN offices s ON s.kind = 'street' AND s.region = left(c.region, 9) WHERE c.kind = 'community' AND c.region = $1),
		EXISTS (SELECT FROM offices WHERE id = $2 AND region = $1)`, newCommunity, fold.Facts[procedures.FactCommunity]).Scan(&known, &same)
	switch {
	case err != nil:
		return err
	case !known:
		return approval.Invalid("form.newCommunity", "没有这个社区（村），请从列表中选择；迁往本系统以外的，请改选“异地居住”", "there is no such community: choose one from the list; who moves outside this system lives elsewhere")
	case same:
		return approval.Invalid("form.newCommunity", "迁入的社区（村）与本社区（村）相同", "this is the same community")
	}
	return nil
}

// settleReception writes the outcome of a line and, for a person received, the registry: manager,
// form, community, date and contact card.
func (s *Store) settleReception(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	var outcome, newCommunity string
	_ = json.Unmarshal(fold.Form["outcome"], &outcome)
	_ = json.Unmarshal(fold.Form["newCommunity"], &newCommunity)
	if outcome == string(procedures.OutcomeMoved) {
		return s.moveOn(ctx, tx, fold, newCommunity)
	}
	if _, err := tx.Exec(ctx, `UPDATE lines SET outcome = $2, outcome_reason = '', review_on = CASE WHEN $2 = 'deferred' THEN nullif($3, '')::date END WHERE reception = $1`,
		fold.No, outcome, formText(fold.Form, "reviewDate")); err != nil {
		return err
	}
	if outcome != "received" {
		return nil
	}
	// Whoever a community receives is under the basic form, and leaves the group they were in.
	form, group := string(rules.FormBasic), ""
	if err := tx.QueryRow(ctx, `SELECT coalesce(managed_group, '') FROM persons WHERE id = $1 FOR UPDATE`, fold.Subject).Scan(&group); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE persons SET community = $2, form = $3, managed_group = NULL, handed_over_on = $4::date, contact_card = $5 WHERE id = $1`,
		fold.Subject, fold.Facts["community"], form, s.today(), "LX-"+fold.No)
	batch.Queue(`INSERT INTO person_history(person, at, what, manager, form, case_no) VALUES ($1,$2,'received',$3,$4,$5)`,
		fold.Subject, entry.At, fold.Facts["community"], form, fold.No)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if err := s.leaveGroup(ctx, tx, fold, group); err != nil {
		return err
	}
	return s.holdArchive(ctx, tx, fold, entry)
}
