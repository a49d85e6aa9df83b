package imports

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// rule says what the packages below a prefix may import of this module, and what must not even be
// among their indirect dependencies.
type rule struct {
	prefix string
	// may lists prefixes of this module besides internal (and, for pure packages, nothing else).
	may []string
	// pure allows nothing outside the standard library and may.
	pure bool
	// never lists import path prefixes forbidden in the whole dependency list.
	never []string
	// neverDirectly lists standard packages forbidden as direct imports.
	neverDirectly []string
}

const (
	pgx    = "github.com/jackc/pgx"
	fiber  = "github.com/gofiber/fiber"
	casbin = "github.com/casbin/casbin"
)

var rules = []rule{
	{prefix: "approval", pure: true, neverDirectly: []string{"os", "net", "math/rand", "crypto/rand", "context"}},
	{prefix: "rules", may: []string{"approval"}, pure: true},
	{prefix: "procedures", may: []string{"approval", "rules"}, pure: true},
	{prefix: "workflows", may: []string{"approval", "procedures", "rules", "activities", "workflows/signoff"}, never: []string{pgx, casbin, fiber}, neverDirectly: []string{"os", "net", "net/http", "time/tzdata"}},
	{prefix: "activities", may: []string{"approval", "procedures", "rules", "roster"}, never: []string{"jieli/workflows", "jieli/api", "jieli/store", pgx, fiber}},
	{prefix: "api", may: []string{"approval", "procedures", "rules", "policies", "roster", "papers"}, never: []string{"jieli/workflows", "jieli/activities", "jieli/worker", "jieli/store", pgx}},
	{prefix: "policies", may: []string{"approval", "procedures"}, never: []string{fiber, pgx}},
	{prefix: "store", may: []string{"approval", "procedures", "rules"}, never: []string{"jieli/workflows", "jieli/api", fiber, casbin}},
	{prefix: "roster", may: []string{"approval", "rules"}, never: []string{"jieli/store", "jieli/api"}},
	{prefix: "papers", may: []string{"approval", "procedures", "rules"}, never: []string{"jieli/store", "jieli/api", pgx, fiber}},
	{prefix: "worker", may: []string{"workflows", "activities", "approval", "procedures"}, never: []string{"jieli/api", fiber}},
	{prefix: "internal/view", may: []string{"approval", "rules", "procedures"}, never: []string{pgx, fiber}},
}

type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Standard   bool
}

func list(t *testing.T) []listed {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports,Deps,Standard", "-deps", "jieli/...")
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	var packages []listed
	for {
		var each listed
		err := decoder.Decode(&each)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, each)
	}
}

func below(path, prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") }

func anyBelow(path string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if below(path, prefix) {
			return true
		}
	}
	return false
}

// Imports point inward: what a row does not allow fails here, with the import that breaks it.
func TestImportsPointInward(t *testing.T) {
	packages := list(t)
	standard := map[string]bool{"C": true, "unsafe": true}
	for _, each := range packages {
		standard[each.ImportPath] = standard[each.ImportPath] || each.Standard
	}
	seen := map[string]bool{}
	for _, each := range packages {
		path, ours := strings.CutPrefix(each.ImportPath, "jieli/")
		if !ours {
			continue
		}
		for _, rule := range rules {
			if !below(path, rule.prefix) {
				continue
			}
			seen[rule.prefix] = true
			for _, problem := range rule.problems(path, each, standard) {
				t.Errorf("%s: %s", path, problem)
			}
		}
	}
	for _, rule := range rules {
		if !seen[rule.prefix] {
			t.Errorf("no package below %s: the rule guards nothing", rule.prefix)
		}
	}
}

func (r rule) problems(path string, each listed, standard map[string]bool) []string {
	var problems []string
	for _, imported := range each.Imports {
		inner, ours := strings.CutPrefix(imported, "jieli/")
		switch {
		case ours && r.pure && !anyBelow(inner, append(r.may, r.prefix)):
			problems = append(problems, "imports "+imported)
		case ours && !r.pure && !anyBelow(inner, append(r.may, r.prefix, "internal")):
			problems = append(problems, "imports "+imported)
		case ours && r.prefix == "workflows" && below(inner, "workflows") && !below(inner, "workflows/signoff") && !below(inner, path):
			problems = append(problems, "imports another procedure's folder, "+imported)
		case !ours && r.pure && !standard[imported]:
			problems = append(problems, "imports "+imported+"; only the standard library is allowed")
		}
		for _, never := range r.neverDirectly {
			if imported == never {
				problems = append(problems, "imports "+imported)
			}
		}
	}
	for _, dependency := range each.Deps {
		if anyBelow(dependency, r.never) {
			problems = append(problems, "depends on "+dependency)
		}
	}
	return problems
}
