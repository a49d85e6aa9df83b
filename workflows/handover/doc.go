// Package handover is what happens between the stages of a handover: after the cadre screening the
// stored upload is redacted; the street sheets are child cases.
package handover
