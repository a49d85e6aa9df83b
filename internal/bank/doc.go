// Package bank is what passes between the fund and its bank: the payment file, the result file (docs/bank-files.md),
// who carries them, and a simulator that answers as banks do.
package bank
