package roster

import (
	"fmt"
	"strings"
)

// The codes of Refusal.
const (
	RefusalEmpty             = "file_empty"
	RefusalTooLarge          = "file_too_large"
	RefusalBomb              = "file_unpacks_too_large"
	RefusalPassword          = "file_password_protected"
	RefusalLegacy            = "file_legacy_format"
	RefusalNotSpreadsheet    = "file_not_a_spreadsheet"
	RefusalDamaged           = "file_damaged"
	RefusalTooManyRows       = "file_too_many_rows"
	RefusalTooManyColumns    = "file_too_many_columns"
	RefusalHeaderNotFound    = "header_not_found"
	RefusalHeaderIncomplete  = "header_incomplete"
	RefusalMappingImpossible = "mapping_impossible"
)

// Refusal says why a whole file is not read, and what to do instead, in both languages. Nothing
// of the file's content is repeated except its headers.
type Refusal struct {
	Code      string
	Message   string // Chinese
	MessageEN string
	// Missing are the required columns no header was found for.
	Missing []Column
	// Unknown are the headers nobody recognised; a person may map them.
	Unknown []string
}

// Error returns the English message.
func (r *Refusal) Error() string { return "roster refused: " + r.MessageEN }

func refuse(code, message, english string) *Refusal {
	return &Refusal{Code: code, Message: message, MessageEN: english}
}

func refuseEmpty() *Refusal {
	return refuse(RefusalEmpty, "文件是空的。请确认名册已保存，再重新上传。",
		"The file is empty. Make sure the roster was saved, then upload it again.")
}

func refuseTooLarge(size int64) *Refusal {
	return refuse(RefusalTooLarge,
		fmt.Sprintf("文件有 %d MB，超过 %d MB 的上限。请删去图片等无关内容，或分成几个文件上传。", size>>20, MaxFileBytes>>20),
		fmt.Sprintf("The file has %d MB; the limit is %d MB. Remove pictures and the like, or split it into several files.", size>>20, MaxFileBytes>>20))
}

func refuseBomb() *Refusal {
	return refuse(RefusalBomb, "文件解压后过大，无法安全打开。请把名册复制到新的工作簿，另存为 .xlsx 后重新上传。",
		"The file unpacks to far more than a roster can need and is not opened. Copy the roster into a new workbook, save it as .xlsx and upload that.")
}

func refusePassword() *Refusal {
	return refuse(RefusalPassword, "文件设有打开密码。请取消密码，另存为 .xlsx 后重新上传。",
		"The file is protected by a password. Remove the password, save it as .xlsx and upload it again.")
}

func refuseLegacy() *Refusal {
	return refuse(RefusalLegacy, "这是旧版格式（如 .xls、.et、.xlsb）。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。",
		"This is an older format (such as .xls, .et or .xlsb). Open it in Excel or WPS, save it as .xlsx and upload that.")
}

func refuseNotSpreadsheet() *Refusal {
	return refuse(RefusalNotSpreadsheet, "文件内容不是电子表格。请上传 .xlsx、.xlsm 或 .csv 名册；只改扩展名不能转换格式。",
		"The content is not a spreadsheet. Upload the roster as .xlsx, .xlsm or .csv; renaming a file does not convert it.")
}

func refuseDamaged() *Refusal {
	return refuse(RefusalDamaged, "文件已损坏或不完整，无法读完。请在电脑上打开检查，另存为 .xlsx 后重新上传。",
		"The file is damaged or incomplete and cannot be read to its end. Open it to check, save it as .xlsx and upload it again.")
}

func refuseTooManyRows() *Refusal {
	return refuse(RefusalTooManyRows, fmt.Sprintf("名册超过 %d 行。请分成几个文件上传。", MaxRows),
		fmt.Sprintf("The roster has more than %d rows. Split it into several files.", MaxRows))
}

func refuseTooManyColumns() *Refusal {
	return refuse(RefusalTooManyColumns, fmt.Sprintf("名册超过 %d 列。请删去无关的列后重新上传。", MaxColumns),
		fmt.Sprintf("The roster has more than %d columns. Remove those not needed and upload it again.", MaxColumns))
}

func refuseUnclosedQuote(line int) *Refusal {
	return refuse(RefusalDamaged, fmt.Sprintf("第 %d 行的引号没有成对，后面的内容无法分列。请改正后重新上传。", line),
		fmt.Sprintf("A quotation mark in line %d is never closed, so what follows cannot be told apart. Correct it and upload the file again.", line))
}

func refuseHeader(missing []Column, unknown []string, anyFound bool) *Refusal {
	chinese, english := make([]string, 0, len(missing)), make([]string, 0, len(missing))
	for _, key := range missing {
		chinese = append(chinese, "“"+columnByKey[key].TitleZH+"”")
		english = append(english, columnByKey[key].TitleEN)
	}
	refusal := &Refusal{Code: RefusalHeaderIncomplete, Missing: missing, Unknown: unknown,
		Message:   "表头缺少必填列：" + strings.Join(chinese, "、") + "。请补上这些列，或指明哪一列与之对应。",
		MessageEN: "The header lacks required columns: " + strings.Join(english, ", ") + ". Add them, or say which column stands for them.",
	}
	if !anyFound {
		refusal.Code = RefusalHeaderNotFound
		refusal.Message = fmt.Sprintf("在前 %d 行内没有找到名册表头。表头至少要有%s。可下载模板对照填写。", headerSearchRows, strings.Join(chinese, "、"))
		refusal.MessageEN = fmt.Sprintf("No header was found in the first %d rows. It must have at least: %s. The template shows how.", headerSearchRows, strings.Join(english, ", "))
	}
	return refusal
}

func refuseMapping(header string) *Refusal {
	return refuse(RefusalMappingImpossible, "“"+header+"”不能对应到所选的列：没有这样的列，或该列已有对应。请重新选择。",
		"“"+header+"” cannot stand for the chosen column: there is none of that name, or another header already does. Choose again.")
}
