// Package procedures declares every procedure as data: stages, titles, offices, roles, modes, due
// times, clauses, materials and inputs. What happens between the stages is in workflows.
package procedures
