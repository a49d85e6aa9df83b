package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"jieli/approval"
	"jieli/procedures"
)

// offerReturned makes a roster of the people a batch sent back, ready to be corrected and handed
// over anew. Asking again gives the same roster.
func (s *Server) offerReturned(ctx context.Context, input *CasePath) (*rosterStateOutput, error) {
	who := callerOf(ctx)
	record, err := s.Store.CaseRecord(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	enterprise := record.Fold.Facts[procedures.FactEnterprise]
	if !who.scope.Holds(enterprise) {
		return nil, approval.Refuse(approval.CodeForbidden, "退回人员由原企业重新申报", "the enterprise hands returned people over again")
	}
	if record.Roster == "" {
		return nil, approval.Refuse(approval.CodeWrongState, "单人移交请在补正后重新申报", "one person is handed over again by a new submission")
	}
	header, rows, err := s.Store.ReturnedRows(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, approval.Refuse(approval.CodeWrongState, "本批没有退回企业的人员", "nobody of this batch was returned")
	}
	workbook, err := correctableWorkbook(header, rows)
	if err != nil {
		return nil, err
	}
	digest := sha256.New()
	for _, row := range rows {
		fmt.Fprintf(digest, "%s|%d\n", input.No, row.Row)
	}
	fresh := s.Clock.Token()
	id, err := s.Store.CreateRoster(ctx, fresh, enterprise, who.actor.Person, "退回人员-"+input.No+".xlsx", workbook, hex.EncodeToString(digest.Sum(nil)))
	if err != nil {
		return nil, err
	}
	if id == fresh {
		s.Rosters.Check(id)
	}
	output := &rosterStateOutput{}
	output.Body.ID, output.Body.State = id, "checking"
	if known, err := s.Store.Roster(ctx, who.scope, id); err == nil {
		output.Body.State = known.State
	}
	return output, nil
}
