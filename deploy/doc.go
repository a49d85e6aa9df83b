// Package deploy holds what production needs beside the program, and the test that parses it.
package deploy
