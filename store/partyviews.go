package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

var memberTitles = map[string]approval.Text{
	procedures.MemberFull:         {ZH: "正式党员", EN: "full member"},
	procedures.MemberProbationary: {ZH: "预备党员", EN: "probationary member"},
}

var letterStates = map[string]approval.Text{
	"valid":    {ZH: "有效", EN: "valid"},
	"received": {ZH: "已接收", EN: "member received"},
	"void":     {ZH: "已作废", EN: "void"},
}

var partyReasons = map[string]approval.Text{
	"origin":    {ZH: "退休时在企业党组织", EN: "with the enterprise's organisation at retirement"},
	"received":  {ZH: "接收并编入支部", EN: "received into a branch"},
	"interim":   {ZH: "暂由街道党工委管理", EN: "held by the street Party working committee for now"},
	"receipt":   {ZH: "收到回执", EN: "the receipt has come"},
	"returned":  {ZH: "退回", EN: "returned"},
	"withdrawn": {ZH: "撤回转接", EN: "transfer withdrawn"},
}

// personParty reads who is responsible for a member; nil for anybody else, and for whoever has no Party role.
func (s *Store) personParty(ctx context.Context, scope view.Scope, person string) (*view.PartyView, error) {
	found := &view.PartyView{Responsibilities: []view.CustodyView{}}
	err := s.as(scope).QueryRow(ctx, `SELECT holder_name, coalesce(holder_office, ''), branch, member_status, since, coalesce(case_no, '') FROM party_relations WHERE person = $1`, person).
		Scan(&found.Holder, &found.HolderOffice, &found.Branch, &found.MemberStatus, &found.Since, &found.Case)
	if err == pgx.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found.MemberStatusTitle = memberTitles[found.MemberStatus]
	found.Responsibilities, err = s.hands(ctx, scope, "party_responsibilities", partyReasons, person)
	return found, err
}

// PartyCase reads who is responsible for the member of a transfer now, and its letters, the latest first.
func (s *Store) PartyCase(ctx context.Context, scope view.Scope, fold *approval.Case) (*view.PartyCase, error) {
	found := &view.PartyCase{Letters: []view.PartyLetter{}}
	err := s.as(scope).QueryRow(ctx, `SELECT r.holder_name, r.branch, r.since, coalesce(o.name, '') FROM party_relations r LEFT JOIN offices o ON o.id = $2 WHERE r.person = $1`,
		fold.Subject, fold.Facts[procedures.FactSender]).Scan(&found.Holder, &found.Branch, &found.Since, &found.Sender)
	if err != nil {
		return nil, orNotFound(err)
	}
	rows, err := s.as(scope).Query(ctx, `SELECT l.number, l.way, l.addressee, coalesce(u.name, ''), l.issued_on::text, l.valid_days, l.expires_on::text, l.state, l.reason, l.receipt_number, coalesce(l.receipt_on::text, '')
		FROM party_letters l LEFT JOIN users u ON u.id = l.issued_by WHERE l.case_no = $1 ORDER BY l.issued_on DESC, l.number DESC`, fold.No)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var letter view.PartyLetter
		if err := rows.Scan(&letter.Number, &letter.Way, &letter.Addressee, &letter.IssuedByName, &letter.IssuedOn, &letter.ValidDays, &letter.ExpiresOn, &letter.State, &letter.Reason,
			&letter.ReceiptNumber, &letter.ReceiptOn); err != nil {
			return nil, err
		}
		letter.StateTitle = letterStates[letter.State]
		found.Letters = append(found.Letters, letter)
	}
	return found, rows.Err()
}

// partyBroken finds members for whom nobody or somebody else than the end of the chain answers, chains with a
// gap, members whose transfer left no record, and letters that a finished transfer left out.
const partyBroken = `SELECT r.person FROM party_relations r WHERE NOT EXISTS (SELECT FROM party_responsibilities c WHERE c.person = r.person AND c.to_name = r.holder_name AND c.branch = r.branch
		AND coalesce(c.to_office, '') = coalesce(r.holder_office, '') AND c.seq = (SELECT max(seq) FROM party_responsibilities d WHERE d.person = r.person))
	UNION SELECT c.person FROM party_responsibilities c LEFT JOIN party_responsibilities p ON p.person = c.person AND p.seq = c.seq - 1
		WHERE c.seq > 1 AND (p.to_name IS NULL OR p.to_name <> c.from_name) OR c.seq = 1 AND c.from_name <> ''
	UNION SELECT c.subject FROM cases c WHERE c.type = 'party' AND NOT EXISTS (SELECT FROM party_relations r WHERE r.person = c.subject)
	UNION SELECT c.subject FROM party_letters l JOIN cases c ON c.no = l.case_no WHERE c.ended_at IS NOT NULL AND l.state = 'valid'
	ORDER BY 1`
