package bench

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/client"
	temporallog "go.temporal.io/sdk/log"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/crypt"
	"jieli/internal/view"
	"jieli/store"
)

// BoardOptions says how many open tasks lie in how many offices, how many in the small database the
// large one is compared with, and how many live cases run beside those of the large one.
type BoardOptions struct {
	Tasks, Few, Offices, Rounds, Workflows int
	Servers                                Servers
	Log                                    *slog.Logger
	// Progress is told what is being done.
	Progress func(string)
}

// BoardQuery is one list or number, measured in both databases. A scan is a sequential scan of one
// of the large tables, which none should need.
type BoardQuery struct {
	Name       string  `json:"name"`
	FewMillis  float64 `json:"fewMillis"`
	ManyMillis float64 `json:"manyMillis"`
	Ratio      float64 `json:"ratio"`
	Scans      int     `json:"scans"`
}

// BoardResult compares reading with many open tasks with reading with few.
type BoardResult struct {
	Suite   string `json:"suite"`
	Tasks   int    `json:"tasks"`
	Few     int    `json:"few"`
	Offices int    `json:"offices"`
	// Workflows is how many Temporal counts as running when the last list has been measured.
	Workflows int `json:"workflows"`
	// Acts were signed on these meanwhile; ActMillis is the median.
	Acts      int          `json:"acts"`
	ActMillis float64      `json:"actMillis"`
	Queries   []BoardQuery `json:"queries"`
}

// The officer whose inbox is read, and their office, which has a page and more in both databases.
const (
	benchOfficer = "officer-1-clerk"
	benchOffice  = "office-1"
	benchOwn     = 240
)

// largeTables are those whose size follows the number of tasks.
var largeTables = []string{"tasks", "cases", "case_access", "notices", "journal"}

// Board fills two databases of one server, starts the live cases in the large one, reads each list and
// number of the inbox and the board in both by turns, and answers the median times. Times are in milliseconds.
func Board(ctx context.Context, options BoardOptions) (BoardResult, error) {
	result := BoardResult{Suite: "board", Tasks: options.Tasks, Few: options.Few, Offices: options.Offices}
	ring, err := temporaryKeys()
	if err != nil {
		return result, err
	}
	servers := options.Servers
	var databases [2]*server
	for i, tasks := range []int{options.Few, options.Tasks} {
		options.Progress(fmt.Sprintf("%d open tasks", tasks))
		made, err := startServer(ctx, servers, client.Options{Logger: temporallog.NewStructuredLogger(options.Log)})
		if err != nil {
			return result, err
		}
		defer func() { _ = made.stop() }()
		databases[i] = made
		if servers.DatabaseURL == "" || servers.TemporalAddress == "" {
			servers = Servers{DatabaseURL: made.databaseURL, TemporalAddress: made.temporalAddress}
		}
		if err := fill(ctx, made.databaseURL, ring, tasks, options.Offices); err != nil {
			return result, fmt.Errorf("fill the database: %w", err)
		}
	}
	if options.Workflows == 0 {
		return result, result.measure(ctx, options, ring, databases)
	}
	options.Progress(fmt.Sprintf("%d live workflows", options.Workflows))
	running, err := startLive(ctx, databases[1], ring, options.Workflows, options.Log)
	if err != nil {
		return result, err
	}
	defer running.close()
	if err := vacuum(ctx, databases[1].databaseURL); err != nil {
		return result, err
	}
	measuring, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	running.act(measuring, cancel)
	err = result.measure(measuring, options, ring, databases)
	took := running.rest()
	if cause := context.Cause(measuring); cause != nil {
		err = cause
	}
	if err != nil {
		return result, err
	}
	result.Acts, result.ActMillis = len(took), median(took)
	result.Workflows, err = running.running(ctx, databases[1])
	return result, err
}

// measure reads everything in both databases by turns.
func (r *BoardResult) measure(ctx context.Context, options BoardOptions, ring *crypt.Keyring, databases [2]*server) error {
	for _, query := range boardQueries() {
		options.Progress(query.name)
		measured := BoardQuery{Name: query.name}
		var times [2][]float64
		for range options.Rounds {
			for i, database := range databases {
				took, scans, err := reading(ctx, database.databaseURL, ring, query.run)
				if err != nil {
					return fmt.Errorf("%s: %w", query.name, err)
				}
				times[i] = append(times[i], took)
				if i == 1 {
					measured.Scans += scans
				}
			}
		}
		measured.FewMillis, measured.ManyMillis = median(times[0]), median(times[1])
		measured.Ratio = measured.ManyMillis / measured.FewMillis
		r.Queries = append(r.Queries, measured)
	}
	return nil
}

type boardQuery struct {
	name string
	run  func(ctx context.Context, s *store.Store) error
}

// boardQueries are the inbox of an officer, the board of a district and that of a whole province.
func boardQueries() []boardQuery {
	officer := view.Scope{Person: benchOfficer, Offices: []string{benchOffice}, Paths: []string{}, Posts: []approval.Post{{Office: benchOffice, Role: approval.RoleClerk}}}
	box := func(name string) func(context.Context, *store.Store) error {
		return func(ctx context.Context, s *store.Store) error {
			items, _, err := s.Tasks(ctx, officer, view.TaskFilter{Box: name, Limit: 50})
			if err == nil && len(items) != 50 {
				return fmt.Errorf("a page of %d", len(items))
			}
			return err
		}
	}
	queries := []boardQuery{{"inbox, to do", box("todo")}, {"inbox, claimable", box("claimable")},
		{"inbox, counts", func(ctx context.Context, s *store.Store) error { _, err := s.TaskCounts(ctx, officer); return err }}}
	for _, place := range []struct{ name, path string }{{"district", "210001"}, {"province", "21"}} {
		scope := view.Scope{Person: "supervisor", Offices: []string{}, Paths: []string{place.path}}
		page := func(measure string) func(context.Context, *store.Store) error {
			return func(ctx context.Context, s *store.Store) error {
				_, _, _, err := s.Stuck(ctx, scope, view.SupervisionFilter{Measure: measure, Limit: 50})
				return err
			}
		}
		queries = append(queries,
			boardQuery{"board of a " + place.name + ", tiles", func(ctx context.Context, s *store.Store) error { _, err := s.Summary(ctx, scope); return err }},
			boardQuery{"board of a " + place.name + ", ageing", func(ctx context.Context, s *store.Store) error {
				_, err := s.Ageing(ctx, scope, view.SupervisionFilter{})
				return err
			}},
			boardQuery{"board of a " + place.name + ", bottlenecks", func(ctx context.Context, s *store.Store) error { _, err := s.Bottlenecks(ctx, scope); return err }},
			boardQuery{"board of a " + place.name + ", overdue list", page("overdue")},
			boardQuery{"board of a " + place.name + ", stuck list", page("stuck")})
	}
	return queries
}

// reading runs a query on connections of its own, warm, and counts the sequential scans of large
// tables taken meanwhile, by itself or by a live case: a connection's counters are complete once it has ended.
func reading(ctx context.Context, url string, ring *crypt.Keyring, run func(context.Context, *store.Store) error) (millis float64, scans int, err error) {
	before, err := sequentialScans(ctx, url)
	if err != nil {
		return 0, 0, err
	}
	opened, err := store.Open(ctx, url, ring, clock.Real())
	if err != nil {
		return 0, 0, err
	}
	const warm, times = 2, 5
	for i := range warm + times {
		began := time.Now()
		if err = run(ctx, opened); err != nil {
			break
		}
		if i >= warm {
			millis += float64(time.Since(began).Microseconds()) / 1000 / times
		}
	}
	opened.Close()
	if err != nil {
		return 0, 0, err
	}
	after, err := sequentialScans(ctx, url)
	return millis, after - before, err
}

func sequentialScans(ctx context.Context, url string) (scans int, err error) {
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer func() { _ = connection.Close(ctx) }()
	err = connection.QueryRow(ctx, `SELECT coalesce(sum(seq_scan), 0)::int FROM pg_stat_user_tables WHERE relname = ANY($1)`, largeTables).Scan(&scans)
	return scans, err
}

func median(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)/2]
}

// districts of the one province.
const districts = 20

// fill writes offices, officers and one open case with one open task a row: a third held, deadlines
// from two weeks ago to six weeks ahead, one in twenty suspended or long idle, some returned.
func fill(ctx context.Context, url string, ring *crypt.Keyring, tasks, offices int) error {
	opened, err := store.Open(ctx, url, ring, clock.Real())
	if err != nil {
		return err
	}
	err = opened.Migrate(ctx)
	opened.Close()
	if err != nil {
		return err
	}
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close(ctx) }()
	for _, statement := range []struct {
		sql       string
		arguments []any
	}{
		{`INSERT INTO regions(code, name, level) VALUES ('21', '某省', 'province')`, nil},
		{`INSERT INTO regions(code, name, parent, level) SELECT '21' || lpad(n::text, 4, '0'), '第' || n || '区', '21', 'district' FROM generate_series(1, $1::int) n`, []any{districts}},
		{`INSERT INTO offices(id, kind, name, region, path) SELECT 'office-' || n, CASE n % 10 WHEN 0 THEN 'organisation' ELSE 'bureau' END, '第' || n || '单位', r, r
			FROM (SELECT n, '21' || lpad((1 + n % $2)::text, 4, '0') AS r FROM generate_series(1, $1::int) n) x`, []any{offices, districts}},
		{`INSERT INTO users(id, username, name, password_hash) SELECT 'officer-' || n || '-' || r, 'officer-' || n || '-' || r, '某某', '' FROM generate_series(1, $1::int) n, unnest(ARRAY['clerk','reviewer','head']) r`, []any{offices}},
		{`INSERT INTO posts(person, office, role) SELECT 'officer-' || n || '-' || r, 'office-' || n, r FROM generate_series(1, $1::int) n, unnest(ARRAY['clerk','reviewer','head']) r WHERE n % 500 <> 7`, []any{offices}},
		{`INSERT INTO offices(id, kind, name, region, path) SELECT 'enterprise-' || n, 'enterprise', '第' || n || '企业', r, r
			FROM (SELECT n, '21' || lpad((1 + n % $2)::text, 4, '0') AS r FROM generate_series(1, $1::int) n) x`, []any{enterprises, districts}},
		{`INSERT INTO users(id, username, name, password_hash) SELECT 'enterprise-' || n || '-' || r, 'enterprise-' || n || '-' || r, '某某', '' FROM generate_series(1, $1::int) n, unnest(ARRAY['clerk','reviewer','head']) r`, []any{enterprises}},
		{`INSERT INTO posts(person, office, role) SELECT 'enterprise-' || n || '-' || r, 'enterprise-' || n, r FROM generate_series(1, $1::int) n, unnest(ARRAY['clerk','reviewer','head']) r`, []any{enterprises}},
		{`CREATE TEMPORARY TABLE rows AS SELECT x.*, '21' || lpad((1 + office % $4)::text, 4, '0') AS district FROM (SELECT n, 'YJ-' || n AS no, CASE WHEN n <= $3 THEN 1 ELSE 1 + (n::bigint * 7919) % $2 END AS office,
			CASE WHEN n <= $3 THEN 'clerk' ELSE (ARRAY['clerk','reviewer','head'])[1 + n % 3] END AS role, (ARRAY['acceptance','screening','pension-match','form-proposal','form-decision'])[1 + n % 5] AS stage,
			now() + (random() * 56 - 14) * interval '1 day' AS due, now() - random() * interval '30 days' AS opened FROM generate_series(1, $1::int) n) x`, []any{tasks, offices, benchOwn, districts}},
		{`INSERT INTO cases(no, type, title, state, stage, version, head_hash, fold, office, region_path, initiator, submitted_at, last_entry_at, returns, shuttles, waiting, suspended_at, suspended_party, started)
			SELECT no, 'handover', '移交', CASE WHEN n % 40 = 0 THEN 'suspended' ELSE 'open' END, stage, 4, '', '{}', 'office-' || office, district, 'officer-1-head', opened, opened,
			CASE WHEN n % 100 = 0 THEN 2 ELSE 0 END, CASE WHEN n % 200 = 0 THEN 2 ELSE 0 END, false, CASE WHEN n % 40 = 0 THEN opened END, CASE WHEN n % 40 = 0 THEN 'outside' ELSE '' END, true FROM rows`, nil},
		{`INSERT INTO tasks(id, case_no, visit, stage, office, role, owner, state, basis, due, opened_at, region_path, case_type, warn_at, late_at, reminders, next_reminder, paused)
			SELECT no || '.1.1', no, 1, stage, 'office-' || office, role, CASE WHEN n % 3 = 0 THEN 'officer-' || office || '-' || role END, 'open', 1, due, opened, district, 'handover',
			due - interval '3 days', due + interval '5 days', ARRAY[due - interval '3 days', due, due + interval '5 days'], CASE WHEN due > now() THEN due END, n % 40 = 0 FROM rows`, nil},
		{`INSERT INTO case_access(office, case_no) SELECT 'office-' || office, no FROM rows`, nil},
		{`INSERT INTO tasks(id, case_no, visit, stage, office, role, owner, state, basis, opened_at, closed_at, signed_by, region_path, case_type)
			SELECT no || '.0.1', no, 0, 'prepare', 'office-' || office, 'clerk', 'officer-' || office || '-clerk', 'signed', 1, opened - interval '5 days', opened, 'officer-' || office || '-clerk', district, 'handover' FROM rows WHERE n % 4 = 0`, nil},
		{`DROP TABLE rows`, nil},
	} {
		if _, err := connection.Exec(ctx, statement.sql, statement.arguments...); err != nil {
			return fmt.Errorf("%.60s: %w", statement.sql, err)
		}
	}
	return vacuum(ctx, url)
}

// vacuum tells the planner what lies in the tables, as PostgreSQL does by itself in time. Each by
// itself: VACUUM runs in no transaction.
func vacuum(ctx context.Context, url string) error {
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close(ctx) }()
	for _, table := range append([]string{"regions", "offices", "users", "posts"}, largeTables...) {
		if _, err := connection.Exec(ctx, `VACUUM ANALYZE `+pgx.Identifier{table}.Sanitize()); err != nil {
			return err
		}
	}
	return nil
}
