// Package reception is one person received by one community.
package reception
