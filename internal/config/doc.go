// Package config reads the settings of the program from JIELI_ environment variables.
package config
