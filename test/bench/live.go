package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.temporal.io/api/workflowservice/v1"

	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

const (
	// enterprises hand over the live cases; each lies in one of the districts.
	enterprises = 200
	// liveSubmitters submit at a time.
	liveSubmitters = 16
	// livePace is the time between two acts on the live cases.
	livePace = 200 * time.Millisecond
)

// live are handovers of one person each, as real as any: workflows that run beside the synthetic rows,
// on some of which somebody acts while the lists are measured.
type live struct {
	*product
	cases []liveCase

	acting sync.WaitGroup
	enough chan struct{}
	took   []float64
}

// liveCase is where a case stands: its enterprise's clerk and reviewer have it by turns.
type liveCase struct {
	no         string
	enterprise int
	visit      int
	seen       int64
}

// startLive submits cases as the API does and waits until Temporal counts as many running workflows.
func startLive(ctx context.Context, server *server, ring *crypt.Keyring, number int, log *slog.Logger) (*live, error) {
	made, err := newProduct(ctx, server, ring, log)
	if err != nil {
		return nil, err
	}
	l := &live{product: made, cases: make([]liveCase, number), enough: make(chan struct{})}
	if err := l.submitAll(ctx); err != nil {
		l.close()
		return nil, err
	}
	if err := l.allRun(ctx, server); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *live) submitAll(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	numbers := make(chan int, len(l.cases))
	for i := range l.cases {
		numbers <- i
	}
	close(numbers)
	var submitting sync.WaitGroup
	for range liveSubmitters {
		submitting.Go(func() {
			for i := range numbers {
				first, err := l.submit(ctx, oneHandover(i))
				if err != nil {
					cancel(fmt.Errorf("submit a live case: %w", err))
					return
				}
				l.cases[i] = liveCase{no: first.Case, enterprise: enterpriseOf(i), visit: 1, seen: first.Seq}
			}
		})
	}
	submitting.Wait()
	return context.Cause(ctx)
}

func enterpriseOf(i int) int { return 1 + i%enterprises }

// enterpriseDistrict is the district fill puts an enterprise in.
func enterpriseDistrict(n int) string { return fmt.Sprintf("21%04d", 1+n%districts) }

func enterpriseOfficer(n int, role approval.Role) approval.Actor {
	office := fmt.Sprintf("enterprise-%d", n)
	return approval.Actor{Person: office + "-" + string(role), Name: "某某", Office: office, Role: role}
}

// oneHandover is the handover of the i-th person, with every paper ticked.
func oneHandover(i int) view.NewCase {
	procedure, _ := procedures.Find(procedures.TypeHandover)
	clerk, district := enterpriseOfficer(enterpriseOf(i), approval.RoleClerk), enterpriseDistrict(enterpriseOf(i))
	var papers []string
	for _, paper := range procedure.Stages[0].Materials {
		if paper.Condition == "" {
			papers = append(papers, paper.Key)
		}
	}
	ticked, _ := json.Marshal(papers)
	// No two people have the same number: so many a day of birth.
	const bornADay = 400
	first17 := fmt.Sprintf("%s%s%03d", district, time.Date(1950, 1, 1+i/bornADay, 0, 0, 0, 0, time.UTC).Format("20060102"), 1+2*(i%bornADay))
	return view.NewCase{Prefix: procedure.Prefix, Region: district, Title: clerk.Office + " · {n} 人", Access: []string{clerk.Office},
		Lines: []view.NewLine{{Row: 1, Values: map[string]string{"name": "某某", "id_number": first17 + string(rules.IDCheckCharacter(first17)), "retirement_date": "2010-05"}}},
		Submission: approval.Submission{Type: procedure.Type, Actor: clerk, Office: clerk.Office, Stages: procedure.Stages, OwnsFirst: true, Key: "submit",
			Form: approval.Form{approval.FieldMaterials: ticked}, Facts: map[string]string{procedures.FactEnterprise: clerk.Office, procedures.FactRegion: district,
				procedures.FactRestructured: "false", procedures.FactBatch: "false"}}}
}

// running asks Temporal itself.
func (l *live) running(ctx context.Context, server *server) (int, error) {
	counted, err := l.temporal.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Namespace: server.namespace, Query: `ExecutionStatus = "Running"`})
	return int(counted.GetCount()), err
}

// allRun waits for Temporal's own count, which follows the starts a little later.
func (l *live) allRun(ctx context.Context, server *server) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	for {
		count, err := l.running(ctx, server)
		if err == nil && count >= len(l.cases) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d of %d workflows run: %w", count, len(l.cases), ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// act signs on one case after another at a steady pace, once at least, until rest is called.
func (l *live) act(ctx context.Context, failed func(error)) {
	l.acting.Go(func() {
		pace := time.NewTicker(livePace)
		defer pace.Stop()
		for i := 0; ; i++ {
			began := time.Now()
			if err := l.sign(ctx, &l.cases[i%len(l.cases)]); err != nil {
				failed(fmt.Errorf("act on a live case: %w", err))
				return
			}
			l.took = append(l.took, float64(time.Since(began).Microseconds())/1000)
			select {
			case <-l.enough:
				return
			case <-ctx.Done():
				return
			case <-pace.C:
			}
		}
	})
}

// sign lets the clerk approve and the reviewer return, so that a case can be acted on for ever.
func (l *live) sign(ctx context.Context, on *liveCase) error {
	actor, action := enterpriseOfficer(on.enterprise, approval.RoleClerk), approval.ActionApprove
	if on.visit%2 == 0 {
		actor, action = enterpriseOfficer(on.enterprise, approval.RoleReviewer), approval.ActionReturn
	}
	key := fmt.Sprintf("%s-%d", on.no, on.visit)
	command := approval.Command{Key: key, Action: action, TaskID: approval.TaskID(on.no, on.visit, 1), Seen: on.seen, Actor: actor,
		Posts: []approval.Post{{Office: actor.Office, Role: actor.Role}}, Opinion: opinion}
	if action == approval.ActionReturn {
		command.ToStage, command.AfterReturn = procedures.StagePrepare, approval.AfterReturnHere
	}
	seen, err := l.gate.Act(ctx, on.no, key, command)
	if err != nil {
		return err
	}
	on.visit, on.seen = on.visit+1, seen
	return nil
}

// rest ends the acts, the last of them completed, and answers how long each took, in milliseconds.
func (l *live) rest() []float64 {
	close(l.enough)
	l.acting.Wait()
	return l.took
}
