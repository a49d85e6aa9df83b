// Package worker is the worker process: the Temporal client with its codec, the registration of
// every workflow and activity, and the paced loops that mend what a crash cut off.
package worker
