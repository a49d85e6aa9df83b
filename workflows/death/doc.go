// Package death is the procedure 死亡登记与核实: a report closes nothing until the agency has verified it.
package death
