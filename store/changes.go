package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"jieli/approval"
	"jieli/internal/view"
)

// changesChannel is where every process says whose screens are out of date. It is a hint: a lost one
// costs a moment, since open screens ask again by themselves at every heartbeat.
const changesChannel = "jieli_changes"

// announcePace joins what changes within a moment into one announcement, and announceSize keeps it
// below what PostgreSQL carries at once.
const (
	announcePace = 50 * time.Millisecond
	announceSize = 100
)

// announcer tells the other processes what has been committed here. It speaks after the commit and
// on a connection of its own: NOTIFY within the transactions would make all of them commit one
// after the other.
type announcer struct {
	pool    *pgxpool.Pool
	mutex   sync.Mutex
	offices map[string]bool
	persons map[string]bool
	wake    chan struct{}
	stop    context.CancelFunc
	done    sync.WaitGroup
}

func newAnnouncer(pool *pgxpool.Pool) *announcer {
	ctx, stop := context.WithCancel(context.Background())
	a := &announcer{pool: pool, offices: map[string]bool{}, persons: map[string]bool{}, wake: make(chan struct{}, 1), stop: stop}
	a.done.Go(func() { a.run(ctx) })
	return a
}

func (a *announcer) close() {
	a.stop()
	a.done.Wait()
}

// touch notes whose lists have changed.
func (a *announcer) touch(offices, persons []string) {
	a.mutex.Lock()
	for _, office := range offices {
		a.offices[office] = true
	}
	for _, person := range persons {
		a.persons[person] = true
	}
	a.mutex.Unlock()
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

func (a *announcer) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.wake:
		}
		a.say(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(announcePace):
		}
	}
}

// say sends what has gathered.
func (a *announcer) say(ctx context.Context) {
	a.mutex.Lock()
	offices, persons := slices.Collect(maps.Keys(a.offices)), slices.Collect(maps.Keys(a.persons))
	clear(a.offices)
	clear(a.persons)
	a.mutex.Unlock()
	for len(offices) > 0 || len(persons) > 0 {
		n, m := min(len(offices), announceSize), min(len(persons), announceSize)
		body, err := json.Marshal(view.Touched{Offices: offices[:n], Persons: persons[:m]})
		if err == nil {
			_, _ = a.pool.Exec(ctx, `SELECT pg_notify($1, $2)`, changesChannel, string(body))
		}
		offices, persons = offices[n:], persons[m:]
	}
}

// touchCase notes whom an entry concerns: the offices and holders of the case's latest tasks, its
// observers, and its initiator.
func (a *announcer) touchCase(fold *approval.Case) {
	var offices, persons []string
	for i := max(0, len(fold.Visits)-2); i < len(fold.Visits); i++ {
		for _, task := range fold.Visits[i].Tasks {
			offices, persons = append(offices, task.Office), append(persons, task.Owner)
		}
	}
	for _, observer := range fold.Observers {
		offices, persons = append(offices, observer.Office), append(persons, observer.Person)
	}
	persons = slices.DeleteFunc(append(persons, fold.Initiator), func(person string) bool { return person == "" || person == approval.SystemPerson })
	a.touch(offices, persons)
}

// notingTx remembers what a transaction changed; it is announced once the transaction has committed.
type notingTx struct {
	pgx.Tx
	changed []*approval.Case
	persons []string
}

// note has a changed case announced after the commit.
func note(tx pgx.Tx, fold *approval.Case) {
	if noting, ok := tx.(*notingTx); ok {
		noting.changed = append(noting.changed, fold)
	}
}

// noteOf has somebody's changed notices announced after the commit.
func noteOf(tx pgx.Tx, person string) {
	if noting, ok := tx.(*notingTx); ok {
		noting.persons = append(noting.persons, person)
	}
}

// Changes listens to what every process announces until the context or the connection ends.
func (s *Store) Changes(ctx context.Context, ready func(), heard func(view.Touched)) error {
	connection, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig.Copy())
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close(context.WithoutCancel(ctx)) }()
	if _, err := connection.Exec(ctx, `LISTEN `+changesChannel); err != nil {
		return err
	}
	ready()
	for {
		notification, err := connection.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var touched view.Touched
		if json.Unmarshal([]byte(notification.Payload), &touched) == nil {
			heard(touched)
		}
	}
}
