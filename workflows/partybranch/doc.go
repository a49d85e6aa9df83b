// Package partybranch is the procedure 组建社区（村）党组织: the Party organisation of a community that has none.
package partybranch
