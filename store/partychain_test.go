package store_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/procedures"
)

// Whatever officers do in whatever order, one organisation answers for every member and the chain has no gap.
func TestNoMemberIsEverWithoutAnOrganisation(t *testing.T) {
	s := newScene(t)
	person := s.members(1)[0]
	open := s.mustRelate(organiser, person)
	rapid.Check(t, func(rt *rapid.T) {
		if s.fold(open).Ended() {
			// Whoever answers for the member now begins again.
			holder := stacktest.Value[string](s.Database, `SELECT coalesce(holder_office, '') FROM party_relations WHERE person = $1`, person)
			if holder == "" {
				rt.Skip("the member has left the system")
			}
			open = s.mustRelate(holder+"-clerk-1", person)
		}
		for range rapid.IntRange(1, 4).Draw(rt, "acts") {
			fold := s.fold(open)
			if fold.Ended() {
				break
			}
			task := fold.Current().Tasks[0]
			signer := fmt.Sprintf("%s-%s-%d", task.Office, task.Role, rapid.IntRange(1, 2).Draw(rt, "who"))
			command := s.command(open, signer, approval.ActionApprove)
			switch rapid.SampledFrom([]string{"approve", "approve", "approve", "approve", "approve", "approve", "approve", "approve", "approve", "return", "return", "recall", "withdraw"}).Draw(rt, "act") {
			case "approve":
				given := circumstances(map[string]any{"disputed": rapid.Bool().Draw(rt, "disputed"), "branch": "第二党支部", "receiptNumber": "HZ-2", "decisionReason": "经研究"})
				// Only from the original unit: elsewhere P1 leads out of the system.
				given["rehired"] = rapid.Bool().Draw(rt, "rehired") && fold.Facts[procedures.FactEnterprise] != ""
				// Two communities with a Party organisation and one without.
				given["community"] = rapid.SampledFrom([]string{"210106001017", "210106001018", "210106001019"}).Draw(rt, "community")
				given["destination"] = rapid.SampledFrom([]string{procedures.DestinationCommunity, procedures.DestinationStays}).Draw(rt, "destination")
				for _, field := range fold.Stage(fold.Current().Stage).Fields {
					if value, ok := given[field.Key]; ok && !field.Computed {
						command.Form[field.Key], _ = json.Marshal(value)
					}
				}
			case "return":
				earlier := fold.EarlierStages()
				if len(earlier) == 0 {
					continue
				}
				command.Action, command.Form, command.Opinion = approval.ActionReturn, approval.Form{}, "请补正"
				command.ToStage, command.AfterReturn = rapid.SampledFrom(earlier).Draw(rt, "to"), approval.AfterReturnWalk
				command.Defects = []approval.Defect{{Item: "材料", Detail: "缺"}}
			case "recall":
				if fold.Last == nil {
					continue
				}
				command = approval.Command{Key: stacktest.NextKey(), Action: approval.ActionRecall, Seen: fold.Version, Actor: s.actor(fold.Last.Person), Posts: s.scope(fold.Last.Person).Posts, Opinion: "取回"}
			case "withdraw":
				command = approval.Command{Key: stacktest.NextKey(), Action: approval.ActionWithdraw, Seen: fold.Version, Actor: s.actor(fold.Initiator), Posts: s.scope(fold.Initiator).Posts, Opinion: "撤回"}
			}
			entry, refusal := approval.Decide(fold, command)
			if refusal != nil {
				continue
			}
			if _, err := s.Commit(s.t.Context(), open, fold.Version, command.Key, &entry); err != nil && codeOf(err) == approval.CodeInternal {
				rt.Fatal(err)
			}
			s.answers(person)
		}
	})
	s.clean()
	// A property over members who never go anywhere would hold for nothing.
	if length := stacktest.Value[int64](s.Database, `SELECT count(*) FROM party_responsibilities WHERE person = $1`, person); length < 3 {
		t.Errorf("the member went nowhere: a chain of %d", length)
	}
}
