// Package store keeps everything in PostgreSQL: the hash-chained journal, the read model that
// screens show, the registry of offices and people, rosters and settings. Commit is the only
// writer of cases; one file holds one aggregate.
package store
