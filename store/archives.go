package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// Where an archive is.
const (
	archiveWithEnterprise = "with_enterprise"
	archiveInTransit      = "in_transit"
	archiveComingBack     = "coming_back"
	archiveWithHolder     = "with_holder"
	archiveShelved        = "shelved"
	archiveHeld           = "held"
	archiveOnLoan         = "on_loan"
)

// archiveItems enters the people of a new transfer and what is known of their archives. Each archive that is not known yet is with the enterprise; one that has a holder already, or must stay
// where it is (S2.4), is refused by its row.
func (s *Store) archiveItems(ctx context.Context, tx pgx.Tx, submission approval.Submission, people []view.NewArchive) error {
	if len(people) == 0 {
		return nil
	}
	var office string
	if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, submission.Facts[procedures.FactEnterprise]).Scan(&office); err != nil {
		return orNotFound(err)
	}
	for _, one := range people {
		if err := s.archiveItem(ctx, tx, submission, office, one); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) archiveItem(ctx context.Context, tx pgx.Tx, submission approval.Submission, office string, one view.NewArchive) error {
	enterprise, now := submission.Facts[procedures.FactEnterprise], s.clock.Now().UTC()
	person, row := one.Person, one.Row
	batch := &pgx.Batch{}
	batch.Queue(`WITH new AS (INSERT INTO archives(person, state, holder_office, holder_name, since) VALUES ($1,'with_enterprise',$2,$3,$4) ON CONFLICT DO NOTHING RETURNING person)
		INSERT INTO archive_custody(person, seq, from_name, to_office, to_name, handed_by, received_by, reason, at) SELECT person, 1, '', $2, $3, '', $3, 'origin', $4 FROM new`, person, enterprise, office, now)
	var state, holder, class string
	batch.Queue(`SELECT a.state, a.holder_name, p.cadre_class FROM archives a JOIN persons p ON p.id = a.person WHERE a.person = $1 FOR UPDATE OF p, a`, person).QueryRow(func(found pgx.Row) error {
		return found.Scan(&state, &holder, &class)
	})
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	busy, caseType, err := engaged(ctx, tx, person, "")
	if err != nil {
		return err
	}
	at := func(zh, en string) *approval.Error {
		return approval.Refuse(approval.CodeDuplicate, fmt.Sprintf("第 %d 行：%s", row, zh), fmt.Sprintf("row %d: %s", row, en))
	}
	region := submission.Facts[procedures.FactRegion]
	destination := archiveDestination(class, region)
	switch {
	case busy != "" && caseType == procedures.TypeArchive:
		return at("该人员的档案正在转递（"+busy+"），不能重复申报", "this person's archive is under way already ("+busy+")")
	case busy != "":
		title, _ := Titles(caseType, "")
		return at("该人员的档案正在办理"+title.ZH+"（"+busy+"），不能转递", "this person's archive is in hand in another case ("+title.EN+", "+busy+")")
	case destination == rules.ArchiveHeld || state == archiveHeld:
		return at("该人员的档案按规定暂不移交，由现保管单位继续保管", "by the rules this person's archive is held where it is for now")
	case destination != rules.ArchiveTransfer:
		return at("该人员的干部管理类别未经组织部门确认，档案不能转递（S2.3、S2.4）", "the person's cadre class is not confirmed, so the archive cannot be transferred (S2.3, S2.4)")
	case state != archiveWithEnterprise:
		return at("档案已由"+holder+"保管", "the archive is already with "+holder)
	}
	number := one.Number
	if number == "" {
		number = fmt.Sprintf("%s-%d", submission.No, row)
	}
	_, err = tx.Exec(ctx, `INSERT INTO archive_items(id, case_no, row, person, number, volumes) VALUES ($1,$2,$3,$4,$5,$6)`,
		fmt.Sprintf("%s.%d", submission.No, row), submission.No, row, person, number, max(1, one.Volumes))
	return err
}

// archiveDestination is what the rule says of a cadre class whose enterprise is of a district.
func archiveDestination(class, region string) rules.ArchiveState {
	destination, _ := rules.RouteArchive(rules.ArchiveFacts{Cadre: rules.CadreClass(class), EnterpriseRegion: region, Residence: region}, rules.HolderByEnterprise, nil)
	return destination.State
}

// openArchives prepares a stage of a transfer as it opens: results and shelf numbers are proposed, and
// what had left the enterprise is on its way back when the packet is returned.
func (s *Store) openArchives(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage string) error {
	batch := &pgx.Batch{}
	switch stage {
	case procedures.StageArchiveSorting, procedures.StageArchiveCheck, procedures.StageArchiveDispatch:
		batch.Queue(`UPDATE archives a SET state = 'coming_back' FROM archive_items i WHERE i.case_no = $1 AND i.person = a.person AND a.state IN ('in_transit','with_holder')`, fold.No)
		batch.Queue(`UPDATE archive_items SET outcome = '', result = '', supplement_by = '' WHERE case_no = $1 AND outcome <> 'held'`, fold.No)
	case procedures.StageArchiveReceipt:
		batch.Queue(`UPDATE archive_items SET outcome = '', result = CASE WHEN volumes = 0 THEN 'absent' ELSE 'accepted' END, finding = CASE WHEN volumes = 0 THEN 'absent' ELSE finding END
			WHERE case_no = $1 AND result = '' AND outcome <> 'held'`, fold.No)
	case procedures.StageArchiveReceiptCheck:
		batch.Queue(`UPDATE archive_items SET outcome = '' WHERE case_no = $1 AND outcome <> 'held'`, fold.No)
	case procedures.StageArchiveShelving:
		batch.Queue(`UPDATE archive_items SET shelf = number WHERE case_no = $1 AND outcome = '' AND shelf = ''`, fold.No)
	}
	if batch.Len() == 0 {
		return nil
	}
	return tx.SendBatch(ctx, batch).Close()
}

// settleArchives does what the approval of a stage of a transfer decides; what does not hold together
// is refused with its row.
func (s *Store) settleArchives(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	if err := refuseAllHeld(ctx, tx, fold); err != nil {
		return err
	}
	switch entry.Stage {
	case procedures.StageArchiveSorting, procedures.StageArchiveCheck:
		if err := checkSorted(ctx, tx, fold); err != nil {
			return err
		}
		return s.takeInAgain(ctx, tx, fold, entry)
	case procedures.StageArchiveDispatch:
		if err := s.takeInAgain(ctx, tx, fold, entry); err != nil {
			return err
		}
		carrier := carrierOf(fold.Form)
		return s.handArchives(ctx, tx, fold, entry, `i.volumes > 0`, custody{name: carrier, state: archiveInTransit, handedBy: entry.Actor.Person, receivedBy: carrier, reason: "dispatched"})
	case procedures.StageArchiveReceipt:
		return s.checkReceived(ctx, tx, fold)
	case procedures.StageArchiveReceiptCheck:
		// All that came is in the holder's hands, also what goes back: until the enterprise signs for it.
		err := s.handArchives(ctx, tx, fold, entry, `i.result <> 'absent'`, custody{office: entry.Actor.Office, state: archiveWithHolder, handedBy: carrierOf(fold.Form), receivedBy: entry.Actor.Person, reason: "received"})
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE archive_items SET outcome = result WHERE case_no = $1 AND result IN ('returned','absent') AND outcome <> 'held'`, fold.No)
		return err
	case procedures.StageArchiveStub:
		last := ""
		for _, signature := range fold.Signatures {
			if signature.Stage == procedures.StageArchiveReceiptCheck {
				last = signature.Person
			}
		}
		return s.handArchives(ctx, tx, fold, entry, `i.result IN ('returned','absent')`, custody{office: fold.Facts[procedures.FactEnterprise], state: archiveWithEnterprise, handedBy: last, receivedBy: entry.Actor.Person, reason: "returned"})
	case procedures.StageArchiveShelving:
		return shelve(ctx, tx, fold)
	}
	return nil
}

// refuseAllHeld refuses to go on with a transfer of which nothing is left to travel: it is withdrawn.
func refuseAllHeld(ctx context.Context, q querier, fold *approval.Case) error {
	var left bool
	if err := q.QueryRow(ctx, `SELECT EXISTS (SELECT FROM archive_items WHERE case_no = $1 AND outcome <> 'held')`, fold.No).Scan(&left); err != nil || left {
		return err
	}
	return approval.Refuse(approval.CodeWrongState, "本办件所列档案均按规定暂不移交，请撤回申请", "by the rules every archive of this transfer is held for now: withdraw it")
}

// takeInAgain has whoever acts first at the enterprise sign for what came back.
func (s *Store) takeInAgain(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	return s.handArchives(ctx, tx, fold, entry, `true`, custody{office: fold.Facts[procedures.FactEnterprise], state: archiveWithEnterprise, receivedBy: entry.Actor.Person, reason: "returned"})
}

// closeArchives ends a transfer that did not come to its end: the enterprise, which withdrew it, has
// its archives again.
func (s *Store) closeArchives(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	err := s.handArchives(ctx, tx, fold, entry, `i.outcome = ''`, custody{office: fold.Facts[procedures.FactEnterprise], state: archiveWithEnterprise, receivedBy: entry.Actor.Person, reason: "withdrawn"})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE archive_items SET outcome = 'withdrawn' WHERE case_no = $1 AND outcome = ''`, fold.No)
	return err
}

// custody is where an archive goes: an office of ours or a named carrier, and who signs on both sides.
type custody struct {
	office, name, state, handedBy, receivedBy, reason string
}

// handArchives passes the archives of a transfer that meet a condition (on archive_items i) to another
// holder; those already there stay. The chain goes on from whoever holds each now.
func (s *Store) handArchives(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, condition string, to custody) error {
	if to.office != "" {
		if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, to.office).Scan(&to.name); err != nil {
			return err
		}
	}
	moving := `archive_items i JOIN archives a ON a.person = i.person WHERE i.case_no = $1 AND i.outcome <> 'held' AND a.holder_name <> $2 AND ` + condition
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO archive_custody(person, seq, case_no, from_name, to_office, to_name, handed_by, received_by, reason, at)
		SELECT a.person, (SELECT max(seq) + 1 FROM archive_custody c WHERE c.person = a.person), $1, a.holder_name, nullif($3,''), $2, coalesce(nullif($4,''), a.holder_name), $5, $6, $7 FROM `+moving,
		fold.No, to.name, to.office, to.handedBy, to.receivedBy, to.reason, entry.At)
	batch.Queue(`UPDATE archives SET holder_office = nullif($3,''), holder_name = $2, state = $4, since = $5, case_no = $1 WHERE person IN (SELECT a.person FROM `+moving+`)`,
		fold.No, to.name, to.office, to.state, entry.At)
	// Who had it all along (a packet returned before it left) holds it as before.
	batch.Queue(`UPDATE archives a SET state = $3 FROM archive_items i WHERE i.case_no = $1 AND i.outcome <> 'held' AND a.person = i.person AND a.holder_name = $2 AND a.state <> $3 AND `+condition, fold.No, to.name, to.state)
	return tx.SendBatch(ctx, batch).Close()
}

// carrierOf names who carries a packet: the couriers, or the confidential mail by its number.
func carrierOf(form approval.Form) string {
	var way, mail string
	_ = json.Unmarshal(form["way"], &way)
	_ = json.Unmarshal(form["mailNumber"], &mail)
	if way == procedures.WayConfidentialMail {
		return "机要通信 " + mail
	}
	var couriers []struct {
		Name string `json:"name"`
	}
	_ = json.Unmarshal(form["couriers"], &couriers)
	names := []string{}
	for _, courier := range couriers {
		names = append(names, courier.Name)
	}
	return "送档人 " + strings.Join(names, "、")
}

// checkSorted refuses a manifest with gaps: a number and volumes, or a statement why there is nothing.
func checkSorted(ctx context.Context, q querier, fold *approval.Case) error {
	var row int
	var volumes int
	err := q.QueryRow(ctx, `SELECT row, volumes FROM archive_items WHERE case_no = $1 AND outcome <> 'held' AND (number = '' OR volumes = 0 AND missing = '') ORDER BY row LIMIT 1`, fold.No).Scan(&row, &volumes)
	switch {
	case err == pgx.ErrNoRows:
		return nil
	case err != nil:
		return err
	case volumes == 0:
		return approval.Invalid("lines", fmt.Sprintf("第 %d 行没有档案，请填写缺件说明", row), fmt.Sprintf("row %d has no volumes: state why", row))
	}
	return approval.Invalid("lines", fmt.Sprintf("第 %d 行请填写档案编号", row), fmt.Sprintf("row %d needs an archive number", row))
}

// checkReceived refuses a receipt that does not hold together: a broken seal, volumes that nobody
// misses, and findings without their own way on.
func (s *Store) checkReceived(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var seal string
	var counted, listed, mistaken int
	_ = json.Unmarshal(fold.Form["seal"], &seal)
	_ = json.Unmarshal(fold.Form["volumesCounted"], &counted)
	if seal == procedures.SealBroken {
		return approval.Invalid("form.seal", "封条破损的，应当整包退回企业重新整理密封，请使用“退回”", "with a broken seal the packet goes back whole: return it")
	}
	rows, err := tx.Query(ctx, `SELECT row, volumes, finding, result, supplement_by FROM archive_items WHERE case_no = $1 AND outcome <> 'held' ORDER BY row`, fold.No)
	if err != nil {
		return err
	}
	today := s.today()
	var row, volumes int
	var finding, result, by string
	var refusal *approval.Error
	_, err = pgx.ForEachRow(rows, []any{&row, &volumes, &finding, &result, &by}, func() error {
		listed += volumes
		if volumes > 0 && (finding == "absent" || finding == "two-volumes") {
			mistaken++
		}
		if refusal == nil {
			refusal = checkFinding(row, finding, procedures.ArchiveResult(result), by, today)
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case refusal != nil:
		return refusal
	case counted != listed && mistaken == 0:
		return approval.Invalid("form.volumesCounted", fmt.Sprintf("清点 %d 卷，名册列 %d 卷；请在相应人员登记核查问题，或者整包退回", counted, listed),
			fmt.Sprintf("%d volumes were counted and %d are listed: note the finding with the person, or return the packet", counted, listed))
	}
	return nil
}

func checkFinding(row int, finding string, result procedures.ArchiveResult, supplementBy, today string) *approval.Error {
	refuse := func(zh, en string) *approval.Error {
		return approval.Invalid("lines", fmt.Sprintf("第 %d 行%s", row, zh), fmt.Sprintf("row %d %s", row, en))
	}
	if finding == "" {
		if result != procedures.ArchiveAccepted {
			return refuse("未直接接收，请选择核查问题", "is not plainly accepted: name the finding")
		}
		return nil
	}
	for _, known := range procedures.ArchiveFindings() {
		if known.Key == finding && !slices.Contains(known.Results, result) {
			return refuse("“"+known.Title.ZH+"”不能按所选结果办理，请另选核收结果", "cannot end so with the finding \""+known.Title.EN+"\": choose another result")
		}
	}
	if result == procedures.ArchiveWithDefects && (supplementBy == "" || supplementBy < today) {
		return refuse("请填写补齐期限，不早于今天", "needs the date by which it is supplemented, not before today")
	}
	return nil
}

func shelve(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var row int
	err := tx.QueryRow(ctx, `SELECT row FROM archive_items WHERE case_no = $1 AND outcome = '' AND shelf = '' ORDER BY row LIMIT 1`, fold.No).Scan(&row)
	if err == nil {
		return approval.Invalid("lines", fmt.Sprintf("第 %d 行请填写上架号", row), fmt.Sprintf("row %d needs a shelf number", row))
	}
	if err != pgx.ErrNoRows {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE archives a SET state = 'shelved', shelf = i.shelf, number = i.number, volumes = i.volumes FROM archive_items i WHERE i.case_no = $1 AND i.outcome = '' AND i.person = a.person`, fold.No)
	batch.Queue(`UPDATE archive_items SET outcome = result WHERE case_no = $1 AND outcome = ''`, fold.No)
	return tx.SendBatch(ctx, batch).Close()
}

// holdArchive leaves the archive of a person received, whom a Party committee of county level or above
// manages, where it is, until the review date; whose archive is held, for this or on a letter, the street
// enters into its information base instead (S2.4). Others are not touched.
func (s *Store) holdArchive(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	one := held{person: fold.Subject, recordedBy: fold.Facts[procedures.FactStreet]}
	err := tx.QueryRow(ctx, `SELECT cadre_class, managing_organ FROM lines WHERE reception = $1`, fold.No).Scan(&one.class, &one.organ)
	if err != nil {
		return err
	}
	return s.holdArchiveOf(ctx, tx, fold, entry, one)
}

// held is a person whose archive may have to stay where it is: the cadre class and the organ that manages, and
// the office that keeps the record of information instead.
type held struct{ person, class, organ, recordedBy string }

func (s *Store) holdArchiveOf(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, one held) error {
	class, organ := one.class, one.organ
	region := fold.Facts[procedures.FactRegion]
	if archiveDestination(class, region) == rules.ArchiveHeld {
		if organ == "" {
			// Nobody named another level's organ: it is the district's own.
			offices, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: approval.KindOrganisation})
			if err != nil {
				return err
			}
			if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, offices[0]).Scan(&organ); err != nil {
				return err
			}
		}
		review, err := s.reviewAfter(ctx, tx, region)
		if err != nil {
			return err
		}
		if err := holdAt(ctx, tx, one.person, fold.No, review, entry.At, custody{name: organ}); err != nil {
			return err
		}
	}
	// Whatever an archive is held for, the street, or whoever manages instead of it, keeps the same record.
	_, err := tx.Exec(ctx, `INSERT INTO information_records(person, street, at, case_no) SELECT person, $2, $3, $4 FROM archives WHERE person = $1 AND state = 'held'
		ON CONFLICT (person) DO UPDATE SET street = EXCLUDED.street, at = EXCLUDED.at, case_no = EXCLUDED.case_no`,
		one.person, one.recordedBy, entry.At, fold.No)
	return err
}
