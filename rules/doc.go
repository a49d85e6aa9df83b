// Package rules is the policy as pure functions, each citing its clause. Standard library only:
// no clock, no input or output; whatever depends on the day takes the day as an argument.
package rules
