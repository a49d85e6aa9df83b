// Package transition is the procedure 管理形式过渡: people of a group under an interim form move to the basic one.
package transition
