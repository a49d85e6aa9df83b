package bench

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/store"
)

const (
	region  = "210106"
	opinion = "经审核，材料齐全，同意。"
)

// ours is the product with a procedure of so many stages, each signed once.
type ours struct {
	*product
	signatures int
}

func newOurs(ctx context.Context, server *server, signatures int, log *slog.Logger) (*ours, error) {
	ring, err := temporaryKeys()
	if err != nil {
		return nil, err
	}
	made, err := newProduct(ctx, server, ring, log)
	if err != nil {
		return nil, err
	}
	if _, err := made.store.LoadDirectory(ctx, directory()); err != nil {
		made.close()
		return nil, err
	}
	return &ours{product: made, signatures: signatures}, nil
}

// officer signs every second stage.
type officer struct {
	actor approval.Actor
	kind  approval.OfficeKind
}

var officers = []officer{
	{approval.Actor{Person: "clerk", Name: "经办人", Office: "enterprise", Role: approval.RoleClerk}, approval.KindEnterprise},
	{approval.Actor{Person: "reviewer", Name: "复核人", Office: "bureau", Role: approval.RoleReviewer}, approval.KindBureau},
}

func directory() store.Directory {
	file := func(name, body string) *store.DirectoryFile {
		return &store.DirectoryFile{Name: name, Body: strings.NewReader(body)}
	}
	people := "username,name,office,role,valid_from,valid_to\n"
	offices := "id,kind,name,region\n"
	for _, each := range officers {
		people += fmt.Sprintf("%s,%s,%s,%s,,\n", each.actor.Person, each.actor.Name, each.actor.Office, each.actor.Role)
		offices += fmt.Sprintf("%s,%s,%s,%s\n", each.actor.Office, each.kind, each.actor.Office, region)
	}
	return store.Directory{Regions: file("regions.csv", "code,name,parent,level,valid_from,valid_to\n"+region+",测试区,,district,,\n"),
		Offices: file("offices.csv", offices), Officers: file("officers.csv", people)}
}

// stages are single signatures, by turns in two offices, each with a deadline in working days.
func (o *ours) stages() []approval.Stage {
	stages := make([]approval.Stage, o.signatures)
	for i := range stages {
		signer := officers[i%len(officers)]
		key := fmt.Sprintf("stage-%d", i+1)
		stages[i] = approval.Stage{Key: key, Group: key, Title: approval.Text{ZH: fmt.Sprintf("第%d环节", i+1), EN: key}, Mode: approval.ModeSingle,
			Signers: []approval.Signer{{OfficeKind: signer.kind, Role: signer.actor.Role}}, Due: approval.Due{Kind: approval.WorkingDays, Count: 5}, Clauses: []string{"S2.1"}}
	}
	return stages
}

// carry submits a case as the API does and signs it stage by stage. A declaration travels with its
// case, so the workflow of the plainest procedure carries these stages too.
func (o *ours) carry(ctx context.Context, signed func(time.Duration)) (string, error) {
	first, err := o.submit(ctx, view.NewCase{Prefix: "BENCH", Region: region, Title: "测量", Submission: approval.Submission{
		Type: procedures.TypeReception, Actor: officers[0].actor, Office: officers[0].actor.Office, Stages: o.stages(), Form: approval.Form{}, Key: "submit",
		Facts: map[string]string{procedures.FactEnterprise: officers[0].actor.Office, procedures.FactRegion: region}}})
	if err != nil {
		return first.Case, err
	}
	seen := first.Seq
	for i := range o.signatures {
		actor := officers[i%len(officers)].actor
		key := fmt.Sprintf("%s-%d", first.Case, i)
		began := time.Now()
		seen, err = o.gate.Act(ctx, first.Case, key, approval.Command{Key: key, Action: approval.ActionApprove, TaskID: approval.TaskID(first.Case, i+1, 1), Seen: seen,
			Actor: actor, Posts: []approval.Post{{Office: actor.Office, Role: actor.Role}}, Opinion: opinion})
		if err != nil {
			return first.Case, err
		}
		signed(time.Since(began))
	}
	return first.Case, nil
}
