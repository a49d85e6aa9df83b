package policies

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"jieli/approval"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var policyText string

// Casbin holds everybody for a member of what bears their own name, so that a user called "clerk"
// would be a clerk of every office: persons and roles are told apart by prefix.
const (
	personPrefix = "person:"
	rolePrefix   = "role:"
)

// Enforcer answers whether a person may do something in an office. Posts change under it: Load
// swaps the whole grouping at once, and a failed load leaves nobody with any right.
type Enforcer struct {
	current atomic.Pointer[casbin.Enforcer]
}

// Load builds the enforcer from today's posts, each {person, role, office}.
func (e *Enforcer) Load(posts [][3]string) error {
	built, err := build(posts)
	if err != nil {
		e.current.Store(nil)
		return err
	}
	e.current.Store(built)
	return nil
}

func build(posts [][3]string) (*casbin.Enforcer, error) {
	parsed, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("access model: %w", err)
	}
	enforcer, err := casbin.NewEnforcer(parsed)
	if err != nil {
		return nil, err
	}
	policies, err := templates()
	if err != nil {
		return nil, err
	}
	for _, policy := range policies {
		policy[0] = rolePrefix + policy[0]
	}
	if _, err := enforcer.AddPolicies(policies); err != nil {
		return nil, err
	}
	groupings := make([][]string, len(posts))
	for i, post := range posts {
		groupings[i] = []string{personPrefix + post[0], rolePrefix + post[1], post[2]}
	}
	if len(groupings) > 0 {
		if _, err := enforcer.AddGroupingPolicies(groupings); err != nil {
			return nil, err
		}
	}
	return enforcer, nil
}

func templates() ([][]string, error) {
	reader := csv.NewReader(strings.NewReader(policyText))
	reader.TrimLeadingSpace = true
	records, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("role templates: %w", err)
	}
	policies := make([][]string, len(records))
	for i, record := range records {
		policies[i] = record[1:]
	}
	return policies, nil
}

// Allowed asks the policy; anything that goes wrong is a no.
func (e *Enforcer) Allowed(person, office, permission string) bool {
	enforcer := e.current.Load()
	if enforcer == nil {
		return false
	}
	allowed, err := enforcer.Enforce(personPrefix+person, office, permission)
	return err == nil && allowed
}

// Permissions lists what a role's template grants, sorted.
func Permissions(role approval.Role) []string {
	policies, err := templates()
	if err != nil {
		return nil
	}
	granted := []string{}
	for _, policy := range policies {
		if policy[0] == string(role) {
			granted = append(granted, policy[1])
		}
	}
	slices.Sort(granted)
	return granted
}
