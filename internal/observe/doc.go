// Package observe holds the metrics of the program. Labels are routes, stages and codes, never
// anything about a person.
package observe
