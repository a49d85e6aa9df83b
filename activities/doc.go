// Package activities holds every side effect of the workflows, as methods on structs that are
// given what they need. Each file declares the small interface it uses.
package activities
