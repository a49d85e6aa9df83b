// Package payee is the procedure 收款账户更正: an account that a bank has refused is corrected by one and checked by
// another, neither of whom handles the fund.
package payee
