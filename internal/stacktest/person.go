package stacktest

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"jieli/rules"
)

// Person is one row of a roster, by the Chinese heading of its column.
type Person map[string]string

// IDNumber composes a valid identity number of somebody born on a day (YYYYMMDD).
func IDNumber(day string, sequence int) string {
	first17 := fmt.Sprintf("210106%s%03d", day, sequence)
	return first17 + string(rules.IDCheckCharacter(first17))
}

// NewPerson is the n-th person without any finding; changes are given by heading.
func NewPerson(n int, changes Person) Person {
	number := IDNumber(fmt.Sprintf("195%d%02d15", n%9, n%12+1), 1+2*(n%400))
	person := Person{"姓名": fmt.Sprintf("张测试%03d", n), "性别": "男", "证件类型": "居民身份证", "身份证号": number, "居住社区代码": "210106001017",
		"居住地址": "昆明湖街道建农社区", "联系电话": fmt.Sprintf("138%08d", 10_000_000+n), "退休日期": fmt.Sprintf("201%d-05-01", n%9), "退休类别": "正常退休", "政治面貌": "群众"}
	for heading, value := range changes {
		person[heading] = value
	}
	return person
}

var headings = []string{"姓名", "性别", "证件类型", "身份证号", "户籍社区代码", "居住社区代码", "居住地址", "联系电话", "亲属姓名", "亲属电话", "退休日期", "退休类别",
	"政治面貌", "党费交至", "干部管理类别", "社保编号", "特殊人员类别", "接收地本人确认", "备注"}

// RosterCSV writes a roster; the first person is row 2.
func RosterCSV(people ...Person) []byte {
	var file bytes.Buffer
	writer := csv.NewWriter(&file)
	_ = writer.Write(headings)
	for _, person := range people {
		record := make([]string, len(headings))
		for i, heading := range headings {
			record[i] = person[heading]
		}
		_ = writer.Write(record)
	}
	writer.Flush()
	return file.Bytes()
}
