// Package trueup is the procedure 遗属待遇补差核定: a benefit reckoned by a provisional figure is reckoned again.
package trueup
