package stacktest

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"jieli/internal/clock"
	"jieli/internal/crypt"
	"jieli/store"
)

// keys is the key file of every test; it belongs to nothing else.
const keys = `{"current": "test", "keys": {"test": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"},
 "index": "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100"}`

// Password is that of every demonstration account.
const Password = "jieli-demo"

// Clock is a clock tests move. It runs on from where it was set.
type Clock struct {
	mutex  sync.Mutex
	offset time.Duration
}

// Base is where every test's clock starts: a Tuesday morning in Shenyang.
var Base = time.Date(2026, 11, 24, 10, 0, 0, 0, clock.Zone)

// NewClock starts at Base.
func NewClock() *Clock { return &Clock{offset: time.Until(Base)} }

// Now is the time of the test.
func (c *Clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return time.Now().Add(c.offset)
}

// Advance moves the clock forward.
func (c *Clock) Advance(by time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.offset += by
}

// Real sets the clock to the machine's, for tests in which other processes take part.
func (c *Clock) Real() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.offset = 0
}

// Source hands the clock to the parts that need one.
func (c *Clock) Source() clock.Source {
	source := clock.Real()
	source.Now = c.Now
	return source
}

// Database is a fresh database with the store over it.
type Database struct {
	*store.Store
	URL      string
	Clock    *Clock
	Ring     *crypt.Keyring
	KeysFile string

	t    testing.TB
	pool *pgxpool.Pool
	name string
}

// Keyring is the fixed keyring of the tests, and the file it came from.
func Keyring(t testing.TB) (*crypt.Keyring, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := os.WriteFile(path, []byte(keys), 0o600); err != nil {
		t.Fatal(err)
	}
	ring, err := crypt.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return ring, path
}

// template is a database that others are copied from.
type template struct {
	once sync.Once
	name string
	err  error
}

var (
	empty, demo template
	databases   atomic.Int64
)

// Empty makes a migrated database without any data.
func Empty(t testing.TB) *Database {
	t.Helper()
	return fromTemplate(t, &empty, "empty", func(context.Context, *store.Store) error { return nil })
}

// Demo makes a database with the demonstration's district, offices and accounts.
func Demo(t testing.TB) *Database {
	t.Helper()
	return fromTemplate(t, &demo, "demo", func(ctx context.Context, s *store.Store) error {
		communities, err := os.ReadFile(filepath.Join(Root(), "cmd", "jieli", "demo", "communities-210106.csv"))
		if err != nil {
			return err
		}
		// The cheapest parameters: what is tested is not how slow the hash is.
		hash, err := argon2id.CreateHash(Password, &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
		if err != nil {
			return err
		}
		return s.SeedDemo(ctx, bytes.NewReader(communities), hash)
	})
}

// Root is the folder of the module: the nearest above the package under test that has a go.mod.
func Root() string {
	folder, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if filepath.Dir(folder) == folder {
			panic("no go.mod above the package under test")
		}
		folder = filepath.Dir(folder)
	}
}

func fromTemplate(t testing.TB, from *template, flavour string, fill func(context.Context, *store.Store) error) *Database {
	t.Helper()
	servers := Start(t)
	ring, _ := Keyring(t)
	from.once.Do(func() {
		from.name = "jieli_" + flavour + "_" + servers.run
		from.err = makeTemplate(servers, from.name, ring, fill)
	})
	if from.err != nil {
		t.Fatalf("make the %s database: %v", flavour, from.err)
	}
	return copyOf(t, servers, from.name)
}

// copyOf makes a database of a test from another one, to which nobody may be connected.
func copyOf(t testing.TB, servers *Stack, from string) *Database {
	t.Helper()
	ring, keysFile := Keyring(t)
	name := fmt.Sprintf("jieli_test_%s_%d", servers.run, databases.Add(1))
	if err := servers.administer(`CREATE DATABASE ` + name + ` TEMPLATE ` + from); err != nil {
		t.Fatal(err)
	}
	database := &Database{URL: servers.database(name), Clock: NewClock(), Ring: ring, KeysFile: keysFile, t: t, name: name}
	var err error
	if database.Store, err = store.Open(t.Context(), database.URL, ring, database.Clock.Source()); err != nil {
		t.Fatal(err)
	}
	if database.pool, err = pgxpool.New(t.Context(), database.URL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		database.disconnect()
		if err := servers.administer(`DROP DATABASE ` + name + ` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return database
}

func (d *Database) disconnect() {
	d.Close()
	d.pool.Close()
}

// Keep ends the use of a database, of which Copy makes as many as are wanted. Whatever uses it was stopped before.
func (d *Database) Keep() { d.disconnect() }

// Copy makes a database like one that is kept, for a test that runs no longer than that one's.
func (d *Database) Copy(t testing.TB) *Database {
	t.Helper()
	return copyOf(t, Start(t), d.name)
}

func makeTemplate(servers *Stack, name string, ring *crypt.Keyring, fill func(context.Context, *store.Store) error) error {
	if err := servers.administer(`CREATE DATABASE ` + name); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startPatience)
	defer cancel()
	opened, err := store.Open(ctx, servers.database(name), ring, NewClock().Source())
	if err != nil {
		return err
	}
	defer opened.Close()
	if err := opened.Migrate(ctx); err != nil {
		return err
	}
	return fill(ctx, opened)
}

// administer runs one statement outside any test's database.
func (s *Stack) administer(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startPatience)
	defer cancel()
	connection, err := pgx.Connect(ctx, s.database("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close(ctx) }()
	_, err = connection.Exec(ctx, statement)
	return err
}

func (s *Stack) database(name string) string {
	address, err := url.Parse(s.DatabaseURL)
	if err != nil {
		panic("JIELI_TEST_DATABASE_URL is not an address")
	}
	address.Path = "/" + name
	return address.String()
}

// Run executes one statement past the store, as damage or a preparation would.
func (d *Database) Run(statement string, arguments ...any) {
	d.t.Helper()
	if _, err := d.pool.Exec(context.Background(), statement, arguments...); err != nil {
		d.t.Fatalf("%s: %v", statement, err)
	}
}

// Open is a transaction a test holds open past the store.
type Open struct {
	t  testing.TB
	tx pgx.Tx
}

// Begin opens a transaction; Commit ends it.
func (d *Database) Begin() *Open {
	d.t.Helper()
	tx, err := d.pool.Begin(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	return &Open{t: d.t, tx: tx}
}

// Run executes one statement within it.
func (o *Open) Run(statement string, arguments ...any) {
	o.t.Helper()
	if _, err := o.tx.Exec(context.Background(), statement, arguments...); err != nil {
		o.t.Fatalf("%s: %v", statement, err)
	}
}

// Commit makes it visible.
func (o *Open) Commit() {
	o.t.Helper()
	if err := o.tx.Commit(context.Background()); err != nil {
		o.t.Fatal(err)
	}
}

// TryAs executes one statement in a role of the database.
func (d *Database) TryAs(role, statement string) error {
	d.t.Helper()
	return pgx.BeginFunc(context.Background(), d.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(context.Background(), `SET LOCAL ROLE `+role); err != nil {
			return err
		}
		_, err := tx.Exec(context.Background(), statement)
		return err
	})
}

// Value reads one value past the store.
func Value[T any](d *Database, query string, arguments ...any) T {
	d.t.Helper()
	var value T
	if err := d.pool.QueryRow(context.Background(), query, arguments...).Scan(&value); err != nil {
		d.t.Fatalf("%s: %v", query, err)
	}
	return value
}

// Tables reads every row of every table as PostgreSQL writes it out, by table name.
func (d *Database) Tables() map[string][]string {
	d.t.Helper()
	rows, err := d.pool.Query(context.Background(), `SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
	if err != nil {
		d.t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		d.t.Fatal(err)
	}
	tables := map[string][]string{}
	for _, name := range names {
		// bytea as text: what is stored in the clear shows, escaped or not.
		rows, err := d.pool.Query(context.Background(), `SELECT x::text FROM `+pgx.Identifier{name}.Sanitize()+` x`)
		if err != nil {
			d.t.Fatal(err)
		}
		if tables[name], err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			d.t.Fatal(err)
		}
	}
	return tables
}
