// Package policies says which role may call what: the Casbin model, the role templates, and the
// enforcer that binds them to today's posts.
package policies
