// Package claimdispute is the procedure 遗属待遇重复申领处理: the agency decides between two claims for one death.
package claimdispute
