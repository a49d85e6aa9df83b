// Package recovery is the procedure 多发待遇追回: what was overpaid is calculated, reviewed and demanded back; the
// family answers, and the fund receives until nothing is owed or the bureau ends it.
package recovery
