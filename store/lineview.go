package store

import (
	"context"
	"strconv"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// lineRow is what decides whether a line is shown.
type lineRow struct {
	marked, screened bool
	reason           string
}

// Lines lists the people of a case in row order, masked. A line marked as a cadre shows its row
// number only, until the organisation department has screened it; an excluded one for ever.
func (s *Store) Lines(ctx context.Context, scope view.Scope, fold *approval.Case, filter view.LineFilter) ([]view.Line, string, int, error) {
	if fold.Type == procedures.TypeArchive {
		return s.archiveLines(ctx, scope, fold, filter)
	}
	start, err := afterRow(filter.After)
	if err != nil {
		return nil, "", 0, err
	}
	where := ` WHERE l.` + scopeColumn(fold.Type) + ` = $1 AND ($2 = '' OR l.street = $2) AND ($3 = '' OR l.community = $3)
		AND ($4 = '' OR CASE $4 WHEN 'open' THEN l.outcome = '' ELSE l.outcome = $4 END)
		AND ($5 = '' OR l.name = $5 AND (l.screened OR NOT l.marked OR $6))`
	var total int
	if err := s.as(scope).QueryRow(ctx, `SELECT count(*) FROM lines l`+where, fold.No, filter.Street, filter.Community, filter.Outcome, filter.Query, scope.Party).Scan(&total); err != nil {
		return nil, "", 0, err
	}
	rows, err := s.as(scope).Query(ctx, `SELECT l.id, l.row, l.name, l.id_masked, coalesce(l.person,''), l.residence, l.street, coalesce(st.name,''), l.community, coalesce(co.name,''),
		l.match_result, l.match_reason, l.cadre_class, l.managing_organ, l.outcome, l.outcome_reason, coalesce(l.intake,''), coalesce(l.reception,''), l.marked, l.screened, coalesce(rc.stage,''),
		coalesce(tc.no,''), ai.outcome, coalesce(pc.no,''), pc.state, coalesce(pc.destination,''), coalesce(l.dispute,'')
		FROM lines l LEFT JOIN offices st ON st.kind = 'street' AND st.region = l.street LEFT JOIN offices co ON co.kind = 'community' AND co.region = l.community
		LEFT JOIN cases rc ON rc.no = l.reception LEFT JOIN cases tc ON tc.no = $9 LEFT JOIN archive_items ai ON ai.case_no = tc.no AND ai.row = l.row
		LEFT JOIN LATERAL (SELECT no, state, fold->'form'->>'destination' AS destination FROM cases WHERE $6 AND type = 'party' AND subject = l.person AND fold->'facts'->>'handover' = l.case_no ORDER BY no DESC LIMIT 1) pc ON true`+where+` AND l.row > $7 ORDER BY l.row LIMIT $8`,
		fold.No, filter.Street, filter.Community, filter.Outcome, filter.Query, scope.Party, start, filter.Limit+1, archivesOf(fold.No))
	if err != nil {
		return nil, "", 0, err
	}
	defer rows.Close()
	items := []view.Line{}
	for rows.Next() {
		var line view.Line
		var extra lineRow
		var match, receptionStage string
		var transferred, relation *string
		var destination string
		if err := rows.Scan(&line.ID, &line.Row, &line.Name, &line.IDNumber, &line.Person, &line.Residence, &line.Street, &line.StreetName, &line.Community, &line.CommunityName,
			&line.MatchResult, &match, &line.CadreClass, &line.ManagingOrgan, &line.Outcome, &extra.reason, &line.Intake, &line.Reception, &extra.marked, &extra.screened, &receptionStage,
			&line.Transfer, &transferred, &line.Relation, &relation, &destination, &line.Dispute); err != nil {
			return nil, "", 0, err
		}
		line.MatchReason, line.OutcomeReason = reasonWords[match], reasonWords[extra.reason]
		line.Cells = cells(line, receptionStage, transferred)
		if cell := partyCell(relation, destination); cell != "" {
			line.Cells["party"] = cell
		}
		items = append(items, hideLine(line, extra, scope, fold))
	}
	next := ""
	if len(items) > filter.Limit {
		items = items[:filter.Limit]
		next = strconv.Itoa(items[filter.Limit-1].Row)
	}
	return items, next, total, rows.Err()
}

// hideLine applies the column scope: Party columns for Party roles, and the row number alone for a
// marked line before screening and an excluded one after it (S2.3).
func hideLine(line view.Line, extra lineRow, scope view.Scope, fold *approval.Case) view.Line {
	hidden := extra.marked && !extra.screened && !scope.Party
	if line.Outcome == "excluded" {
		return view.Line{ID: line.ID, Row: line.Row, Outcome: line.Outcome, Cells: line.Cells,
			OutcomeReason: approval.Text{ZH: "另有规定（S2.3），已由组织部门确认", EN: "separate provisions apply (S2.3), confirmed by the organisation department"}}
	}
	if hidden {
		return view.Line{ID: line.ID, Row: line.Row, Hidden: true, Cells: map[string]string{"screening": "open"},
			OutcomeReason: approval.Text{ZH: "第 " + strconv.Itoa(line.Row) + " 行 · 待组织部门甄别", EN: "row " + strconv.Itoa(line.Row) + " · awaiting the organisation department"}}
	}
	if !scope.Party {
		line.CadreClass, line.ManagingOrgan = "", ""
	}
	return line
}

// cells is the matrix row of a line: done, open, planned or the outcome, per column. Who takes no part in
// the transfer of the archives has no column for it.
func cells(line view.Line, receptionStage string, transferred *string) map[string]string {
	state := func(done, open bool) string {
		switch {
		case done:
			return "done"
		case open:
			return "open"
		case line.Outcome != "":
			return "none"
		}
		return "planned"
	}
	received := line.Outcome
	if received == "" && receptionStage != "" {
		received = receptionStage
	}
	if received == "" {
		received = "planned"
	}
	row := map[string]string{
		"match":      state(line.MatchResult != "", false),
		"street":     state(line.Street != "", line.MatchResult != "" && line.Outcome == ""),
		"community":  state(line.Community != "" && line.Reception != "", line.Intake != "" && line.Outcome == ""),
		"reception":  received,
		"submission": "done",
	}
	if line.Transfer != "" {
		row["archive"] = archiveCell(transferred)
	}
	return row
}

// archiveCell says how far a line's archive is; nil is one that does not travel.
func archiveCell(result *string) string {
	switch {
	case result == nil:
		return "none"
	case *result == "":
		return "open"
	}
	switch procedures.ArchiveResult(*result) {
	case procedures.ArchiveAccepted, procedures.ArchiveWithDefects:
		return "done"
	case procedures.ArchiveReturned:
		return "returned"
	}
	return "none"
}

// LineTotals reconciles a batch: people = the sum of the outcomes + open.
func (s *Store) LineTotals(ctx context.Context, scope view.Scope, fold *approval.Case) (view.LineTotals, error) {
	if fold.Type == procedures.TypeArchive {
		return s.archiveTotals(ctx, scope, fold)
	}
	totals := view.LineTotals{Outcomes: map[string]int{}, Streets: map[string]int{}}
	rows, err := s.as(scope).Query(ctx, `SELECT outcome, street, count(*) FROM lines WHERE `+scopeColumn(fold.Type)+` = $1 GROUP BY 1, 2`, fold.No)
	if err != nil {
		return totals, err
	}
	defer rows.Close()
	for rows.Next() {
		var outcome, street string
		var count int
		if err := rows.Scan(&outcome, &street, &count); err != nil {
			return totals, err
		}
		totals.People += count
		if outcome == "" {
			totals.Open += count
		} else {
			totals.Outcomes[outcome] += count
		}
		if street != "" {
			totals.Streets[street] += count
		}
	}
	return totals, rows.Err()
}

var reasonWords = map[string]approval.Text{
	"agrees":    {ZH: "与社保记录一致", EN: "agrees with the agency's record"},
	"no_record": {ZH: "社保系统无记录，未经数据核验", EN: "no record; not verified by data"},
	"name":      {ZH: "姓名与社保记录不一致", EN: "the name differs from the agency's record"},
	"status":    {ZH: "领取待遇状态与名册不一致", EN: "the pension status differs from the roster"},
	"deceased":  {ZH: "社保记录显示已去世", EN: "the agency's record says that the person has died"},
	"managed":   {ZH: "已由社区管理服务，不重复移交", EN: "in a community's care already; not handed over again"},
	"duplicate": {ZH: "本企业另一批次已列该人员，不重复移交", EN: "listed in another batch of this enterprise; not handed over twice"},
	"dispute":   {ZH: "另一企业已列该人员，转重复申报认定", EN: "listed by another enterprise; it is being decided who hands the person over"},
	"decided":   {ZH: "经认定由另一企业移交", EN: "decided: another enterprise hands the person over"},
	"match":     {ZH: "社保信息不一致，退回企业补正", EN: "pension data differ; returned to the enterprise"},
	// Of a transition: who stays with the body.
	"not_ready":    {ZH: "社区条件尚不齐备，仍由现机构管理", EN: "the community is not ready; stays with the body"},
	"no_community": {ZH: "未能对应到社区（村），仍由现机构管理", EN: "matched to no community; stays with the body"},
	"residence":    {ZH: "居住地和户籍地均未能对应到社区（村），退回企业补正", EN: "neither residence nor hukou could be matched to a community; returned to the enterprise"},
}
