// Package bench measures the product against the plainest thing that could do the same, in one run
// and in alternating rounds, so that what else the machine does touches both alike.
package bench
