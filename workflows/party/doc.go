// Package party is the procedure 党员组织关系转接: one member's relation from the Party organisation
// responsible to that of the workplace or the residence.
package party
