// Package crypt keeps personal data unreadable outside the process: fields sealed with
// AES-256-GCM under a named key, keyed blind indexes for lookup, and the Temporal payload codec.
package crypt
