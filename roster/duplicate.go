package roster

import (
	"fmt"
	"strings"
)

func place(text, title string) string { return strings.Replace(text, "{}", title, 1) }

// sayDuplicate names the earlier row, which is not a personal value.
func (r *Row) sayDuplicate(earlier int) {
	r.add(CodeDuplicateInFile, ColumnIDNumber,
		fmt.Sprintf("身份证号与第 %d 行相同。同一人只留一行；如是填错，请改正。", earlier),
		fmt.Sprintf("The ID number is the same as in row %d. Keep one row per person, or correct it if it is a slip.", earlier))
}

// sayHeldEarlier names the row of the first upload.
func (r *Row) sayHeldEarlier(earlier int) {
	r.add(CodeDuplicateInFile, ColumnIDNumber,
		fmt.Sprintf("身份证号与原名册第 %d 行相同。同一人只留一行；如是填错，请改正。", earlier),
		fmt.Sprintf("The ID number is the same as in row %d of the roster uploaded before. Keep one row per person, or correct it if it is a slip.", earlier))
}
