// Package benefit is the procedure 遗属待遇申领: a claim of the family goes from the counter by way of calculation,
// review, decision and release to the bank and back with the letter.
package benefit
