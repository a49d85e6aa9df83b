package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/procedures"
	"jieli/rules"
)

// partyCandidate is a member whose relation an organisation wants to transfer.
type partyCandidate struct{ name, status string }

// PartyCandidate names a member whose relation an office may begin to transfer, or says why it may not.
func (s *Store) PartyCandidate(ctx context.Context, office, person string) (string, error) {
	found, err := s.partyCandidate(ctx, s.pool, office, person)
	return found.name, err
}

// partyCandidate checks what a transfer begins with: the office answers for the member, who is one. Of
// anybody else nothing is said, not even the name.
func (s *Store) partyCandidate(ctx context.Context, q querier, office, person string) (partyCandidate, error) {
	var found partyCandidate
	var political, holder, holderName string
	var served, known, busy bool
	err := q.QueryRow(ctx, `SELECT p.name, p.party_member, o.serves IS NOT NULL AND o.serves = coalesce(p.enterprise, ''), r.person IS NOT NULL, coalesce(r.holder_office, ''), coalesce(r.holder_name, ''),
			EXISTS (SELECT FROM cases c WHERE c.subject = p.id AND c.type = 'party' AND c.ended_at IS NULL)
		FROM persons p JOIN offices o ON o.id = $2 LEFT JOIN party_relations r ON r.person = p.id WHERE p.id = $1`, person, office).
		Scan(&found.name, &political, &served, &known, &holder, &holderName, &busy)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return found, err
	}
	found.status = procedures.MemberStatus(political)
	switch {
	case err != nil || !served && holder != office:
		return partyCandidate{}, approval.Invalid("subject", "该人员不是本企业的退休党员，其组织关系也不由本党组织负责", "the person is no retired member of this enterprise, and this organisation is not responsible for them")
	case found.status == "":
		return partyCandidate{}, approval.Invalid("subject", found.name+"不是中共党员（以人员库登记的政治面貌为准）", "the person is no Party member, as the registry has it")
	case known && holder != office:
		return partyCandidate{}, approval.Refuse(approval.CodeDuplicate, "该党员的组织关系现由"+holderName+"负责，请由其发起转接", "another organisation is responsible for the member now ("+holderName+"); it begins the transfer")
	case busy:
		return partyCandidate{}, approval.Refuse(approval.CodeDuplicate, "该党员的组织关系正在转接，不能重复发起", "a transfer of this member's relation is under way already")
	}
	return found, nil
}

// beginParty enters the member of a new transfer: an organisation that was never recorded is the
// enterprise's, which begins. What was checked before is checked again behind the member's lock.
func (s *Store) beginParty(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	person, sender := submission.Subject, submission.Facts[procedures.FactSender]
	if _, err := tx.Exec(ctx, `SELECT FROM persons WHERE id = $1 FOR UPDATE`, person); err != nil {
		return err
	}
	found, err := s.partyCandidate(ctx, tx, sender, person)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `WITH office AS (SELECT name FROM offices WHERE id = $3),
		new AS (INSERT INTO party_relations(person, member_status, holder_office, holder_name, since) SELECT $1, $2, $3, name, $4 FROM office ON CONFLICT DO NOTHING RETURNING person, holder_name)
		INSERT INTO party_responsibilities(person, seq, from_name, to_office, to_name, handed_by, received_by, reason, at) SELECT person, 1, '', $3, holder_name, '', $5, 'origin', $4 FROM new`,
		person, found.status, sender, s.clock.Now().UTC(), submission.Actor.Person)
	return err
}

// partyOffice finds the Party organisation that signs: the sender's, that of the receiving street, or that
// of the receiving community. Where the community has none, its street's stands in: no member is ever
// without an organisation.
func partyOffice(ctx context.Context, q querier, fold *approval.Case, of string) (string, error) {
	if of == procedures.OfSender {
		return fold.Facts[procedures.FactSender], nil
	}
	community := formText(fold.Form, "community")
	kind, region := approval.KindStreet, community[:min(9, len(community))]
	if of == procedures.OfCommunity && formText(fold.Form, "arrangement") == procedures.BranchOwn {
		kind, region = approval.KindCommunity, community
	}
	var office string
	err := q.QueryRow(ctx, `SELECT p.id FROM offices o JOIN offices p ON p.serves = o.id AND p.kind = 'party' WHERE o.kind = $1 AND o.region = $2 ORDER BY p.id LIMIT 1`, kind, region).Scan(&office)
	if errors.Is(err, pgx.ErrNoRows) && kind == approval.KindCommunity {
		return "", approval.Invalid("form.arrangement", "该社区（村）没有党组织，请选择联合党支部、功能型党支部或暂由街道党工委管理", "the community has no Party organisation: choose a joint or functional branch, or the street Party working committee for now")
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return "", approval.Invalid("form.community", "接收社区（村）所在街道没有党工委办理单位，请联系系统管理员，或填写转往的党组织全称", "the street of that community has no Party working committee here: ask the system administrator, or name the organisation gone to")
	}
	return office, err
}

func formText(form approval.Form, key string) string {
	var text string
	_ = json.Unmarshal(form[key], &text)
	return text
}

// checkDestination refuses a destination that names nobody who takes the member.
func (s *Store) checkDestination(ctx context.Context, tx pgx.Tx, fold *approval.Case, destination string) error {
	switch destination {
	case procedures.DestinationOutside:
		if formText(fold.Form, "organisation") == "" {
			return approval.Invalid("form.organisation", "请填写转往的党组织全称", "give the full name of the Party organisation gone to")
		}
	case procedures.DestinationCommunity:
		var known bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM offices WHERE kind = 'community' AND region = $1)`, formText(fold.Form, "community")).Scan(&known); err != nil {
			return err
		}
		if !known {
			return approval.Invalid("form.community", "没有这个社区（村）", "there is no such community")
		}
		_, err := partyOffice(ctx, tx, fold, procedures.OfStreet)
		return err
	}
	return nil
}

// partyRoute asks the rule, with the setting of the case's district, and says where the relation goes.
func (s *Store) partyRoute(ctx context.Context, tx pgx.Tx, fold *approval.Case, form approval.Form) (rules.PartyRoute, []rules.Step, string, error) {
	facts := rules.PartyFacts{}
	for key, into := range map[string]any{"rehired": &facts.RehiredByOriginalUnit, "employedElsewhere": &facts.EmployedElsewhere, "awayMonths": &facts.AwayMonths,
		"abroad": &facts.Abroad, "disputed": &facts.Disputed, "residence": &facts.Residence, "hukou": &facts.Hukou} {
		if raw, ok := form[key]; ok {
			_ = json.Unmarshal(raw, into)
		}
	}
	limits, _, err := s.setting(ctx, tx, rules.SettingHalfYearLimitsEmployment, fold.Facts[procedures.FactRegion])
	if err != nil {
		return rules.PartyRoute{}, nil, "", err
	}
	route, steps := rules.RouteParty(facts, limits != "no")
	destination := procedures.DestinationUndecided
	switch route.Destination {
	case rules.ToOriginalUnit:
		// Only the original unit's own organisation has the relation already.
		destination = procedures.DestinationStays
		if fold.Facts[procedures.FactEnterprise] == "" {
			destination = procedures.DestinationOutside
		}
	case rules.ToWorkplace:
		destination = procedures.DestinationOutside
	case rules.ToResidence:
		destination = procedures.DestinationCommunity
		if formText(form, "community") == "" && formText(form, "organisation") != "" {
			destination = procedures.DestinationOutside
		}
	}
	return route, steps, destination, nil
}

// openParty prepares a stage of a transfer as it opens. Going back before the letter makes it void, and
// whoever had received the member already gives the responsibility back.
func (s *Store) openParty(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	if event.Why == "" || event.Stage == procedures.StagePartyReceipt {
		return nil
	}
	if err := s.takeMemberBack(ctx, tx, fold, entry, "returned"); err != nil {
		return err
	}
	beforeLetter := slices.Contains([]string{procedures.StagePartyPreparation, procedures.StagePartyApproval, procedures.StagePartyDecision, procedures.StagePartyDecisionConfirm, procedures.StagePartyLetter}, event.Stage)
	if beforeLetter {
		return voidLetter(ctx, tx, fold, entry)
	}
	_, err := tx.Exec(ctx, `UPDATE party_letters SET state = 'valid' WHERE case_no = $1 AND state = 'received'`, fold.No)
	return err
}

// voidLetter makes the letter that is out void, with the reason that was given.
func voidLetter(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	reason := entry.Opinion
	for _, event := range entry.Events {
		for _, defect := range event.Defects {
			if reason == "" {
				reason = defect.Item + "：" + defect.Detail
			}
		}
	}
	_, err := tx.Exec(ctx, `UPDATE party_letters SET state = 'void', reason = $2 WHERE case_no = $1 AND state <> 'void'`, fold.No, reason)
	return err
}

// closeParty ends a transfer that did not come to its end: the sender is responsible as before.
func (s *Store) closeParty(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	if err := voidLetter(ctx, tx, fold, entry); err != nil {
		return err
	}
	return s.takeMemberBack(ctx, tx, fold, entry, "withdrawn")
}

// settleParty does what the approval of a stage of a transfer decides.
func (s *Store) settleParty(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	switch entry.Stage {
	case procedures.StagePartyPreparation:
		if _, ok := rules.ParsePartialDate(formText(fold.Form, "duesPaidTo"), s.clock.Now().AddDate(1, 0, 0)); !ok {
			return approval.Invalid("form.duesPaidTo", "党费交至的年月应写成 2026-10 的样子", "the month dues are paid to is written like 2026-10")
		}
		_, _, destination, err := s.partyRoute(ctx, tx, fold, fold.Form)
		if err != nil {
			return err
		}
		if err := s.checkDestination(ctx, tx, fold, destination); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE party_relations SET member_status = $2 WHERE person = $1`, fold.Subject, formText(fold.Form, "memberStatus"))
		return err
	case procedures.StagePartyDecision:
		return s.checkDestination(ctx, tx, fold, formText(fold.Form, "destination"))
	case procedures.StagePartyLetter:
		return s.issueLetter(ctx, tx, fold, entry)
	case procedures.StagePartyAcceptance:
		if err := s.checkLetter(ctx, tx, fold); err != nil {
			return err
		}
		_, err := partyOffice(ctx, tx, fold, procedures.OfCommunity)
		return err
	case procedures.StagePartyReception:
		if formText(fold.Form, "branch") == "" && formText(fold.Form, "arrangement") != procedures.BranchInterim {
			return approval.Invalid("form.branch", "请填写编入的党支部", "give the branch the member joins")
		}
	case procedures.StagePartyReceptionConfirm:
		office, err := partyOffice(ctx, tx, fold, procedures.OfCommunity)
		if err != nil {
			return err
		}
		reason := "received"
		if formText(fold.Form, "arrangement") == procedures.BranchInterim {
			reason = "interim"
		}
		return s.handMember(ctx, tx, fold, entry, responsibility{office: office, branch: formText(fold.Form, "branch"), reason: reason})
	case procedures.StagePartyReceipt:
		if formText(fold.Form, "destination") == procedures.DestinationOutside {
			// Who received the member does not work in this system: the receipt says that they did.
			name := formText(fold.Form, "organisation")
			if err := s.handMember(ctx, tx, fold, entry, responsibility{name: name, receivedBy: name, reason: "receipt"}); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `UPDATE party_letters SET receipt_number = $2, receipt_on = nullif($3, '')::date WHERE case_no = $1 AND state = 'received'`,
			fold.No, formText(fold.Form, "receiptNumber"), formText(fold.Form, "receiptOn"))
		return err
	}
	return nil
}

// issueLetter makes the letter out, from today, for as many days as it says.
func (s *Store) issueLetter(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	var days float64
	_ = json.Unmarshal(fold.Form["letterDays"], &days)
	if days < 1 || days > procedures.MaximumLetterDays || days != float64(int(days)) {
		return approval.Invalid("form.letterDays", fmt.Sprintf("有效期应为 1 到 %d 天的整数", procedures.MaximumLetterDays), fmt.Sprintf("a whole number of days from 1 to %d", procedures.MaximumLetterDays))
	}
	now := s.clock.Now().In(clock.Zone)
	_, err := tx.Exec(ctx, `INSERT INTO party_letters(number, case_no, way, addressee, issued_by, issued_on, valid_days, expires_on, state) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'valid')`,
		formText(fold.Form, "letterNumber"), fold.No, formText(fold.Form, "letterWay"), formText(fold.Form, "letterTo"), entry.Actor.Person,
		now.Format(time.DateOnly), int(days), now.AddDate(0, 0, int(days)).Format(time.DateOnly))
	return err
}

// checkLetter refuses a letter that is void, and a paper one whose time is over: it goes back, and another one is made out.
func (s *Store) checkLetter(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var expires string
	var expired bool
	err := tx.QueryRow(ctx, `SELECT expires_on::text, way = 'paper' AND expires_on < $2::date FROM party_letters WHERE case_no = $1 AND state = 'valid'`, fold.No, s.today()).Scan(&expires, &expired)
	if errors.Is(err, pgx.ErrNoRows) {
		// A return that was taken back had made it void.
		return approval.Refuse(approval.CodeWrongState, "介绍信已作废，请退回开具环节，由原党组织重新开具", "the letter is void: return it, and the sender makes out another")
	}
	if err == nil && expired {
		return approval.Refuse(approval.CodeWrongState, "介绍信已过有效期（至 "+expires+"），请退回开具环节，由原党组织重新开具", "the letter was valid until "+expires+": return it, and the sender makes out another")
	}
	return err
}

// responsibility is who becomes responsible for a member: an office of ours or a named organisation.
type responsibility struct{ office, name, branch, receivedBy, reason string }

// takeMemberBack makes the sender responsible again, if it is not so already.
func (s *Store) takeMemberBack(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, reason string) error {
	sender, branch := fold.Facts[procedures.FactSender], ""
	err := tx.QueryRow(ctx, `SELECT branch FROM party_responsibilities WHERE person = $1 AND to_office = $2 ORDER BY seq DESC LIMIT 1`, fold.Subject, sender).Scan(&branch)
	if err != nil {
		return orNotFound(err)
	}
	return s.handMember(ctx, tx, fold, entry, responsibility{office: sender, branch: branch, reason: reason})
}

// handMember passes the responsibility for a member on from whoever has it now; nothing happens where it
// is already. Both sides sign: who made the letter out, and who received the member.
func (s *Store) handMember(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, to responsibility) error {
	if to.office != "" {
		if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, to.office).Scan(&to.name); err != nil {
			return orNotFound(err)
		}
	}
	if to.receivedBy == "" {
		to.receivedBy = entry.Actor.Person
	}
	handedBy := ""
	for _, signature := range fold.Signatures {
		if signature.Stage == procedures.StagePartyLetter {
			handedBy = signature.Person
		}
	}
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO party_responsibilities(person, seq, case_no, from_name, to_office, to_name, branch, handed_by, received_by, reason, at)
		SELECT r.person, (SELECT max(seq) + 1 FROM party_responsibilities c WHERE c.person = r.person), $2, r.holder_name, nullif($3,''), $4, $5, coalesce(nullif($6,''), r.holder_name), $7, $8, $9
		FROM party_relations r WHERE r.person = $1 AND (r.holder_name <> $4 OR r.branch <> $5)`, fold.Subject, fold.No, to.office, to.name, to.branch, handedBy, to.receivedBy, to.reason, entry.At)
	batch.Queue(`UPDATE party_relations SET holder_office = nullif($2,''), holder_name = $3, branch = $4, since = $5, case_no = $6 WHERE person = $1 AND (holder_name <> $3 OR branch <> $4)`,
		fold.Subject, to.office, to.name, to.branch, entry.At, fold.No)
	if to.reason == "received" || to.reason == "interim" || to.reason == "receipt" {
		batch.Queue(`UPDATE party_letters SET state = 'received' WHERE case_no = $1 AND state = 'valid'`, fold.No)
	}
	return tx.SendBatch(ctx, batch).Close()
}
