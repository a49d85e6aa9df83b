// Package web is the front end: React sources, and the built pages inside the program.
package web
