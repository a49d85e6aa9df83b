// Package dispute is the procedure 重复申报认定: the bureau decides which of two enterprises that have both
// listed a person hands them over.
package dispute
