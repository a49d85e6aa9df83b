package policies

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"jieli/approval"
)

var update = flag.Bool("update", false, "write the golden matrix anew; read the difference before committing it")

const goldenMatrix = "testdata/access_matrix.txt"

var roles = []approval.Role{approval.RoleClerk, approval.RoleReviewer, approval.RoleHead, approval.RoleFundCashier, approval.RoleInternalAuditor,
	approval.RoleSupervisor, approval.RoleSystemAdministrator, approval.RoleSecurityAdministrator, approval.RoleAuditAdministrator}

// permissions are those any role is granted; a route's permission that is not among them is granted to nobody.
func permissions(t *testing.T) []string {
	t.Helper()
	policies, err := templates()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, policy := range policies {
		all = append(all, policy[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func loaded(t *testing.T, posts ...[3]string) *Enforcer {
	t.Helper()
	enforcer := &Enforcer{}
	if err := enforcer.Load(posts); err != nil {
		t.Fatal(err)
	}
	return enforcer
}

// TestAccessMatrix writes down who may do what in their own office, and that nobody may do
// anything in another; a changed line has to be looked at.
func TestAccessMatrix(t *testing.T) {
	var posts [][3]string
	for _, role := range roles {
		posts = append(posts, [3]string{"person-" + string(role), string(role), "own"})
	}
	enforcer := loaded(t, posts...)
	var matrix strings.Builder
	for _, permission := range permissions(t) {
		for _, role := range roles {
			person := "person-" + string(role)
			if enforcer.Allowed(person, "own", permission) {
				fmt.Fprintf(&matrix, "%s\t%s\n", permission, role)
			}
			for _, office := range []string{"other", "", "OWN", "own/child", string(role)} {
				if enforcer.Allowed(person, office, permission) {
					t.Errorf("a %s of another office has %s in %q", role, permission, office)
				}
			}
		}
	}
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenMatrix, []byte(matrix.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(goldenMatrix)
	if err != nil {
		t.Fatal(err)
	}
	if matrix.String() != string(golden) {
		t.Errorf("the matrix has changed; it is now\n%s", matrix.String())
	}
}

// TestAdministratorsAreSeparated: none of the three may see a case, and none has another's rights.
func TestAdministratorsAreSeparated(t *testing.T) {
	for _, role := range []approval.Role{approval.RoleSystemAdministrator, approval.RoleSecurityAdministrator, approval.RoleAuditAdministrator} {
		for _, permission := range Permissions(role) {
			for _, business := range []string{"case.", "task.", "person.", "roster."} {
				if strings.HasPrefix(permission, business) {
					t.Errorf("the %s has %s", role, permission)
				}
			}
		}
	}
}

// TestTemplatesNameKnownRoles: a typing error would grant nothing, and nobody would see why.
func TestTemplatesNameKnownRoles(t *testing.T) {
	policies, err := templates()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, policy := range policies {
		if len(policy) != 2 || !slices.Contains(roles, approval.Role(policy[0])) || !strings.Contains(policy[1], ".") {
			t.Errorf("template line %q", policy)
		}
		if line := strings.Join(policy, ","); seen[line] {
			t.Errorf("template line %q twice", line)
		} else {
			seen[line] = true
		}
	}
}

func TestPosts(t *testing.T) {
	enforcer := loaded(t, [3]string{"an", "clerk", "bureau"}, [3]string{"an", "head", "agency"}, [3]string{"bai", "system_administrator", "bureau"})
	for _, test := range []struct {
		person, office, permission string
		want                       bool
	}{
		{"an", "bureau", "case.submit", true}, {"an", "agency", "case.submit", false}, {"an", "agency", "case.act", true},
		{"bai", "bureau", "case.read", false}, {"cao", "bureau", "case.read", false}, {"clerk", "bureau", "case.read", false},
		{"an", "bureau", "case.destroy", false}, {"", "", "", false},
	} {
		if got := enforcer.Allowed(test.person, test.office, test.permission); got != test.want {
			t.Errorf("%q in %q, %q: %v", test.person, test.office, test.permission, got)
		}
	}
}

// TestSwappedPosts: what is loaded replaces what was, whole.
func TestSwappedPosts(t *testing.T) {
	enforcer := loaded(t, [3]string{"an", "clerk", "bureau"})
	if err := enforcer.Load([][3]string{{"bai", "clerk", "bureau"}}); err != nil {
		t.Fatal(err)
	}
	if enforcer.Allowed("an", "bureau", "case.read") || !enforcer.Allowed("bai", "bureau", "case.read") {
		t.Error("the old posts are still in force")
	}
	if err := enforcer.Load(nil); err != nil {
		t.Fatal(err)
	}
	if enforcer.Allowed("bai", "bureau", "case.read") {
		t.Error("a post outlives the last one")
	}
}

func TestBeforeLoadingAndAfterAFailedLoadNobodyMay(t *testing.T) {
	if new(Enforcer).Allowed("an", "bureau", "case.read") {
		t.Error("somebody may before anything is loaded")
	}
	enforcer := loaded(t, [3]string{"an", "clerk", "bureau"})
	good := modelText
	modelText = "[request_definition]\nbroken"
	t.Cleanup(func() { modelText = good })
	if err := enforcer.Load([][3]string{{"an", "clerk", "bureau"}}); err == nil {
		t.Fatal("a broken model is loaded")
	}
	if enforcer.Allowed("an", "bureau", "case.read") {
		t.Error("somebody may after a failed load")
	}
}

// TestAPostNamedTwiceIsOnePost: the database may hold overlapping dates.
func TestAPostNamedTwiceIsOnePost(t *testing.T) {
	enforcer := loaded(t, [3]string{"an", "clerk", "bureau"}, [3]string{"an", "clerk", "bureau"})
	if !enforcer.Allowed("an", "bureau", "case.read") {
		t.Error("a post named twice is lost")
	}
}

// TestManyOfficesCostNothing: one question touches the asker's posts only.
func TestManyOfficesCostNothing(t *testing.T) {
	var posts [][3]string
	for i := range 20000 {
		posts = append(posts, [3]string{fmt.Sprint("person-", i), "clerk", fmt.Sprint("office-", i)})
	}
	enforcer := loaded(t, posts...)
	small := loaded(t, posts[:10]...)
	ask := func(e *Enforcer) float64 {
		return testing.AllocsPerRun(20, func() { e.Allowed("person-5", "office-5", "case.act") })
	}
	if large, few := ask(enforcer), ask(small); large > 2*few+10 {
		t.Errorf("a question costs %v allocations among 20000 offices and %v among ten", large, few)
	}
}
