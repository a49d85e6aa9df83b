// Package mutations keeps one deliberate fault for each invariant of sign-off and shows that the
// invariant's test finds it: a property that would hold of broken code holds for nothing.
package mutations
